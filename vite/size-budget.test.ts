import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type BuiltChunk, bytesBeforePaint } from './size-budget';

/** Code that does not get smaller. */
const code = (bytes: number) => randomBytes(bytes).toString('base64');

function bundleOf(chunks: Record<string, Partial<BuiltChunk>>): Record<string, BuiltChunk> {
  return Object.fromEntries(
    Object.entries(chunks).map(([fileName, chunk]) => [fileName, { type: 'chunk', fileName, ...chunk }]),
  );
}

const sizeOf = (bundle: Record<string, BuiltChunk>, ...names: string[]) =>
  names.reduce((sum, name) => sum + gzipSync(bundle[name]?.code ?? '').length, 0);

test('the entry, what it imports at once, each once, and the larger language count; the rest does not', () => {
  const language = (name: string) => `/home/lentigo/src/app/languages/${name}.ts`;
  const bundle = bundleOf({
    'index.js': { isEntry: true, imports: ['a.js', 'b.js'], code: code(3000) },
    'a.js': { imports: ['b.js'], code: code(2000) },
    'b.js': { imports: ['a.js'], code: code(1000) },
    'late.js': { imports: ['a.js'], code: code(9000) },
    'english.js': { facadeModuleId: language('english'), code: code(400) },
    'korean.js': { facadeModuleId: language('korean'), imports: ['a.js', 'words.js'], code: code(500) },
    'words.js': { code: code(300) },
    'page.css': { type: 'asset' },
  });
  expect(bytesBeforePaint(bundle)).toBe(sizeOf(bundle, 'index.js', 'a.js', 'b.js', 'korean.js', 'words.js'));
});

test('a build without the languages is no build of the page', () => {
  expect(() => bytesBeforePaint(bundleOf({ 'index.js': { isEntry: true } }))).toThrow('languages');
});
