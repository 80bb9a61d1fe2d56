import { expect, test } from 'vitest';
import { measure, type Prediction, summarise } from './result';

const prediction = (file: string, label: string, mel: number): Prediction => ({
  file,
  label,
  predicted: mel > 0.5 ? 'mel' : 'nv',
  probabilities: { nv: 1 - mel, mel },
  flagged: mel >= 0.15,
  set: mel > 0.5 ? ['mel'] : ['nv'],
});

const decision = {
  positive: ['mel'],
  targetSensitivity: 0.9,
  threshold: 0.15,
  sensitivity: 0.9,
  specificity: 0.5,
  curve: [],
};

test('the measures of four photos, worked out by hand', () => {
  const predictions = [
    prediction('a', 'nv', 0.1),
    prediction('b', 'nv', 0.2),
    prediction('c', 'nv', 0.7),
    prediction('d', 'mel', 0.6),
  ];
  const provenance = { backend: 'wasm' as const, adapter: 'WASM SIMD, 2 threads' };
  const word = (id: string) => ({ en: id, ko: id });
  const classes = ['nv', 'mel'].map((id) => ({
    id,
    name: word(id),
    kind: id === 'mel' ? ('malignant' as const) : ('benign' as const),
    description: word(id),
  }));
  const result = summarise(
    { id: 'm', classes, calibration: null, decision },
    provenance,
    predictions.map((prediction, index) => ({ prediction, columns: {}, milliseconds: 10 * (index + 1) })),
    3,
  );
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
    coverage: { overall: 3 / 4, perClass: { mel: 1, nv: expect.closeTo(2 / 3, 12) } },
    sensitivityAtThreshold: 1,
    msPerImage: 25,
    // The same figures once more, each with its interval.
    measured: {
      subgroups: [],
      // One for each class: what may be called positive.
      curves: expect.arrayContaining([
        expect.objectContaining({ positive: ['mel'], positives: 1, negatives: 3 }),
      ]),
      classReliability: [expect.objectContaining({ id: 'nv' }), expect.objectContaining({ id: 'mel' })],
      atThreshold: [expect.objectContaining({ field: 'all' })],
      figures: expect.objectContaining({
        count: 4,
        groups: 4,
        metrics: expect.objectContaining({
          accuracy: { value: 3 / 4, low: expect.any(Number), high: 1 },
          auc: expect.objectContaining({ value: expect.closeTo(2 / 3, 12) }),
        }),
      }),
    },
    predictions,
  });
});

test('skin tone that was measured parts the figures; where nobody measured it there is no such part', () => {
  const word = { en: '', ko: '' };
  const classes = ['nv', 'mel'].map((id) => ({ id, name: word, kind: 'benign' as const, description: word }));
  const card = { id: 'm', classes, calibration: null, decision };
  const rows = Array.from({ length: 12 }, (_, index) => ({
    prediction: prediction(String(index), index % 3 === 0 ? 'mel' : 'nv', (index % 7) / 7),
    columns: {},
    milliseconds: 1,
  }));
  const partsOf = (answered: Parameters<typeof measure>[1]) =>
    measure(card, answered)
      .atThreshold.filter(({ field }) => field === 'skinTone')
      .map(({ value }) => value);
  expect(partsOf(rows)).toEqual([]);
  const angles = [60, 20, null];
  const withTone = rows.map((row, index) => ({ ...row, typologyAngle: angles[index % 3] as number | null }));
  expect(partsOf(withTone).sort()).toEqual(['tan', 'unknown', 'very-light']);
});
