import { expect, test } from 'vitest';
import { type Prediction, summarise } from './result';

const prediction = (file: string, label: string, mel: number): Prediction => ({
  file,
  label,
  predicted: mel > 0.5 ? 'mel' : 'nv',
  probabilities: { nv: 1 - mel, mel },
});

test('the measures of four photos, worked out by hand', () => {
  const predictions = [
    prediction('a', 'nv', 0.1),
    prediction('b', 'nv', 0.2),
    prediction('c', 'nv', 0.7),
    prediction('d', 'mel', 0.6),
  ];
  const provenance = { backend: 'wasm' as const, adapter: 'WASM SIMD, 2 threads' };
  const result = summarise('m', ['nv', 'mel'], provenance, {
    predictions,
    skipped: 3,
    milliseconds: [10, 20, 30, 40],
  });
  expect(result).toEqual({
    model: 'm',
    backend: 'wasm',
    adapter: 'WASM SIMD, 2 threads',
    count: 4,
    skipped: 3,
    accuracy: 3 / 4,
    balancedAccuracy: (2 / 3 + 1) / 2,
    // nv: precision 1, recall 2/3; mel: precision 1/2, recall 1.
    macroF1: expect.closeTo((4 / 5 + 2 / 3) / 2, 12),
    auc: {
      macro: expect.closeTo(2 / 3, 12),
      perClass: { nv: expect.closeTo(2 / 3, 12), mel: expect.closeTo(2 / 3, 12) },
    },
    confusion: {
      labels: ['nv', 'mel'],
      matrix: [
        [2, 1],
        [0, 1],
      ],
    },
    msPerImage: 25,
    predictions,
  });
});
