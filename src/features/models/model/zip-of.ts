import { zipSync } from 'fflate';
import type { PackageFile } from '../../../engine/engine';

/** A package as a zip of its folder. By itself, because few save one. */
export async function zipOf(folder: string, files: readonly PackageFile[]): Promise<Blob> {
  const contents = await Promise.all(
    files.map(
      async ({ name, data }) => [`${folder}/${name}`, new Uint8Array(await data.arrayBuffer())] as const,
    ),
  );
  // Weights hardly become smaller.
  return new Blob([zipSync(Object.fromEntries(contents), { level: 0 })]);
}
