import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceOf {
  name: string;
  version: string;
  /** Address of the source of this version. */
  source: string;
}

interface Compiled {
  heif_get_version(): string;
  /** Address of a text in the module's memory, which ends with a zero. */
  _de265_get_version(): number;
  HEAPU8: Uint8Array;
}

/**
 * The libraries inside the HEIC decoder of the build, and the package that compiled them, each with its
 * version as the installed package itself says it: the LGPL asks that a user can get their source.
 */
export async function heicDecoderSources(root: string): Promise<SourceOf[]> {
  const { default: load } = await import('libheif-js/libheif-wasm/libheif-bundle.mjs');
  const compiled = (await load()) as unknown as Compiled;
  const memory = compiled.HEAPU8;
  const start = compiled._de265_get_version();
  const de265 = new TextDecoder().decode(memory.slice(start, memory.indexOf(0, start)));
  const heif = compiled.heif_get_version();
  const { name, version, repository } = JSON.parse(
    readFileSync(join(root, 'node_modules/libheif-js/package.json'), 'utf8'),
  ) as { name: string; version: string; repository: { url: string } };
  const releases = (project: string, tag: string) =>
    `https://github.com/strukturag/${project}/releases/tag/v${tag}`;
  return [
    { name: 'libheif', version: heif, source: releases('libheif', heif) },
    { name: 'libde265', version: de265, source: releases('libde265', de265) },
    { name, version, source: repository.url.replace(/^git\+|\.git$/g, '') },
  ];
}
