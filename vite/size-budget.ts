import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Bytes of JavaScript, compressed, that the first paint may wait for. */
const budget = 230_000;

/** The modules that are imported late and yet come before the first paint: one of them. */
const texts = /\/src\/app\/languages\/(english|korean)\.ts$/;

/** What of a chunk is looked at. */
export interface BuiltChunk {
  type: 'chunk' | 'asset';
  fileName: string;
  code?: string;
  isEntry?: boolean;
  imports?: string[];
  facadeModuleId?: string | null;
}

/** Bytes, compressed, of the page's scripts, of what they import at once, and of the larger language. */
export function bytesBeforePaint(bundle: Readonly<Record<string, BuiltChunk>>): number {
  const compressed = (fileNames: Iterable<string>) =>
    [...fileNames].reduce((sum, name) => sum + gzipSync(bundle[name]?.code ?? '').length, 0);
  const withImports = (fileName: string, known = new Set<string>()): Set<string> => {
    if (known.has(fileName)) return known;
    known.add(fileName);
    for (const name of bundle[fileName]?.imports ?? []) withImports(name, known);
    return known;
  };
  const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
  const page = new Set<string>();
  for (const { fileName } of chunks.filter(({ isEntry }) => isEntry)) withImports(fileName, page);
  const languages = chunks
    .filter(({ facadeModuleId }) => texts.test(facadeModuleId ?? ''))
    .map(({ fileName }) => compressed([...withImports(fileName)].filter((name) => !page.has(name))));
  if (languages.length === 0) throw new Error('the languages are in no chunk of their own');
  return compressed(page) + Math.max(...languages);
}

/** Fails the build where the first paint waits for more JavaScript than it may. */
export function sizeBudget(): Plugin {
  return {
    name: 'lentigo:size-budget',
    apply: 'build',
    generateBundle(_, bundle) {
      const bytes = bytesBeforePaint(bundle as Record<string, BuiltChunk>);
      const kilobytes = (value: number) => `${(value / 1000).toFixed(1)} kB`;
      const sentence = `JavaScript before the first paint: ${kilobytes(bytes)} compressed, of ${kilobytes(budget)}`;
      if (bytes > budget) this.error(`${sentence}. Import late what the first paint can do without.`);
      this.info(sentence);
    },
  };
}
