import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type BuiltChunk, overBudget, scriptSizes } from './size-budget';

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
  const { beforePaint } = scriptSizes(bundle);
  expect(beforePaint).toBe(sizeOf(bundle, 'index.js', 'a.js', 'b.js', 'korean.js', 'words.js'));
});

test('a build without the languages is no build of the page', () => {
  expect(() => scriptSizes(bundleOf({ 'index.js': { isEntry: true } }))).toThrow('languages');
});

test('a screen takes what it imports at once and the page has not fetched', () => {
  const bundle = bundleOf({
    'index.js': { isEntry: true, imports: ['a.js'], code: code(300) },
    'a.js': { code: code(200) },
    'plots.js': { imports: ['a.js'], code: code(900) },
    'clinic.js': {
      facadeModuleId: '/home/lentigo/src/features/clinic/view/ClinicScreen.tsx',
      imports: ['a.js', 'plots.js'],
      code: code(700),
    },
    'evaluate.js': { facadeModuleId: '/home/lentigo/src/app/Evaluate.tsx', code: code(100) },
    'english.js': { facadeModuleId: '/home/lentigo/src/app/languages/english.ts', code: code(1) },
  });
  expect(scriptSizes(bundle).screens).toEqual({
    clinic: sizeOf(bundle, 'clinic.js', 'plots.js'),
    evaluate: sizeOf(bundle, 'evaluate.js'),
  });
});

test('what is too large, has no budget or is gone is named', () => {
  const sizes = { beforePaint: 10_000, screens: { clinic: 20_000, kiosk: 1000 } };
  expect(overBudget(sizes, { paint: 10_000, screens: { clinic: 20_000, kiosk: 1000 } })).toEqual([]);
  expect(overBudget(sizes, { paint: 9000, screens: { clinic: 19_900, home: 1 } })).toEqual([
    'The first paint waits for 10.0 kB of JavaScript, of 9.0 kB.',
    'The screen clinic fetches 20.0 kB of JavaScript, of 19.9 kB.',
    'The screen kiosk has no budget; it fetches 1.0 kB.',
    'The screen home has a budget and is in no chunk of its own.',
  ]);
});
