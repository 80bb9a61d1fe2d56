import { expect, test } from 'vitest';
import { failure, success } from '../../../core/failure';
import type { BenchmarkResult } from '../../../engine/engine';
import type { BenchmarkRow } from '../model/benchmark';
import { columns, figuresOf, markdown, type TableWords } from './table';

const result: BenchmarkResult = {
  packageId: 'a',
  backend: {
    name: 'wasm',
    adapter: 'WASM SIMD, 2 threads',
    software: false,
    threads: 2,
    skippedBackends: [],
  },
  download: { milliseconds: 1234, bytes: 10 },
  load: 80,
  first: 120.4,
  steady: [20, 22, 24],
  batch: { size: 8, milliseconds: [160] },
  memory: { weights: 2_500_000, allocated: null },
};

test('figures: compiling is the first pass less the median, throughput is pictures a second', () => {
  expect(figuresOf(result, 'en', (value) => `${value}/s`)).toEqual({
    download: '1.2\u00a0s',
    load: '80\u00a0ms',
    compile: '98\u00a0ms',
    first: '120\u00a0ms',
    median: '22\u00a0ms',
    p90: '24\u00a0ms',
    count: '3',
    batch: '50/s',
    weights: '2.5\u00a0MB',
    allocated: '–',
  });
});

test('Markdown has a row for everything that was tried, and says why one did not run', () => {
  const words: TableWords = {
    language: 'en',
    column: Object.fromEntries(
      ['model', 'backend', ...columns].map((name) => [name, name]),
    ) as TableWords['column'],
    perSecond: (value) => `${value}/s`,
    nameOf: (id) => `Model ${id} | beta`,
    failed: ({ result }) => (result.ok ? '' : result.failure.code),
  };
  const rows: BenchmarkRow[] = [
    { packageId: 'a', backend: 'wasm', result: success(result) },
    { packageId: 'a', backend: 'webgpu', result: failure('backend-unavailable') },
  ];
  const lines = markdown(rows, 'A browser', words).split('\n');
  expect(lines[0]).toBe('A browser');
  expect(lines[2]).toBe(`| model | backend | ${columns.join(' | ')} |`);
  expect(lines[4]).toContain('| Model a \\| beta | wasm (WASM SIMD, 2 threads) | 1.2 s | 80 ms | 98 ms |');
  expect(lines[5]).toContain('| webgpu | backend-unavailable |');
  const cells = lines.slice(2, 6).map((line) => line.replaceAll('\\|', '').split('|').length);
  expect(new Set(cells).size).toBe(1);
});
