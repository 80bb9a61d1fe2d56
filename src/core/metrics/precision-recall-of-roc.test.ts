import { expect, test } from 'vitest';
import fixtures from '../fixtures/metrics.json';
import { rocCurve } from './curves';
import { precisionRecallOfRoc } from './precision-recall-of-roc';

type Pair = readonly [number, number];

function curveOf(scores: readonly number[], positive: readonly boolean[]) {
  const points = rocCurve(scores, positive).map(
    ({ falsePositiveRate, truePositiveRate }): Pair =>
      // As many digits as a card has.
      [Number(falsePositiveRate.toFixed(4)), Number(truePositiveRate.toFixed(4))],
  );
  const found = positive.filter(Boolean).length;
  return precisionRecallOfRoc(points, found, positive.length - found);
}

for (const fixture of fixtures.cases) {
  fixture.labels.forEach((label, index) => {
    const scores = fixture.probabilities.map((row) => row[index] as number);
    const wanted = fixture.perClass[index]?.averagePrecision;
    const ties = new Set(scores).size < scores.length;
    test.skipIf(ties)(`of a whole curve, ${fixture.name}, ${label}: equals scikit-learn`, () => {
      const result = curveOf(
        scores,
        fixture.truth.map((truth) => truth === index),
      );
      if (wanted == null) expect(result).toBeNull();
      else expect(Math.abs((result?.averagePrecision ?? Number.NaN) - wanted)).toBeLessThan(1e-9);
    });
  });
}

test.each(fixtures.thinnedCurves)(
  'of a curve thinned as in a card: about what scikit-learn says',
  (curve) => {
    const found = precisionRecallOfRoc(curve.roc as [number, number][], curve.positives, curve.negatives);
    expect(Math.abs((found?.averagePrecision ?? Number.NaN) - curve.averagePrecision)).toBeLessThan(0.01);
  },
);

test('recall rises to 1, where precision is the share of positives', () => {
  const roc: Pair[] = [
    [0, 0],
    [0, 0.5],
    [0.5, 0.5],
    [1, 1],
  ];
  const found = precisionRecallOfRoc(roc, 4, 4);
  expect(found?.points.map(({ x }) => x)).toEqual([0.25, 0.5, 0.5, 0.75, 1]);
  expect(found?.points.at(-1)?.y).toBeCloseTo(0.5, 12);
  expect(found?.averagePrecision).toBeCloseTo((1 + 1 + 3 / 6 + 4 / 8) / 4, 12);
  expect(precisionRecallOfRoc(roc, 0, 4)).toBeNull();
});
