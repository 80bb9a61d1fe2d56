import { expect, test } from 'vitest';
import type { NetworkCard } from '../../src/core/card/card';
import type { ComparedRow } from './compare';
import type { Measured } from './measure';
import { median, performanceReport } from './report';

const card = { id: 'nets' } as NetworkCard;
const way = { backend: 'wasm', isolated: true } as const;

const round = (changes: Partial<Measured>): Measured => ({
  adapter: 'WASM, 2 threads',
  software: false,
  note: '',
  bytes: 1e6,
  load: 100,
  first: 50,
  ready: 20,
  steady: [20],
  batch: null,
  peak: null,
  difference: 0.001,
  ...changes,
});

const report = (rows: ComparedRow[], load = 0) =>
  performanceReport({
    comparison: { rows, processor: new Map() },
    drops: [],
    books: [],
    machine: 'a machine',
    load,
    command: 'npm run bench',
    rounds: 3,
  });

test('the median of an even number of values is between the middle two', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
});

test('a ratio is the steady time of Lentigo over that of the other, medians of rounds of medians', () => {
  const own = [round({ steady: [9, 10, 11] }), round({ steady: [30] }), round({ steady: [8] })];
  const rows: ComparedRow[] = [
    { card, way, program: 'lentigo', rounds: own, problem: null },
    { card, way, program: 'ort', rounds: [round({ steady: [20], batch: [80] })], problem: null },
  ];
  const text = report(rows);
  expect(text).toContain('| WASM, threads | Lentigo | 150 ms | 10 ms |  |  |  | 1e-3 |');
  expect(text).toContain('| WASM, threads | onnxruntime-web | 150 ms | 20 ms | 0.50 | 10 ms |  | 1e-3 |');
  expect(text).not.toContain('†');
});

test('a busy machine is named, because its times are noise', () => {
  expect(report([], 3)).toContain('The machine was busy**: 3.0 other programs');
  expect(report([])).not.toContain('busy');
});

test('a program that does not run says why, and an emulated GPU is marked', () => {
  const rows: ComparedRow[] = [
    {
      card,
      way: { backend: 'webgpu', isolated: true },
      program: 'lentigo',
      rounds: [round({ software: true })],
      problem: null,
    },
    { card, way, program: 'tfjs', rounds: [], problem: 'no | kernel' },
  ];
  const text = report(rows);
  expect(text).toContain('| WebGPU † | Lentigo |');
  expect(text).toContain('emulated in software');
  expect(text).toContain('does not run: no / kernel');
});
