import { expect, test } from 'vitest';
import { bandedCurves } from './banded-curves';
import { draws, quantile } from './bootstrap';
import { confusionAt } from './confusion-at';
import { precisionRecallCurve, rocCurve } from './curves';
import { netBenefit, netBenefitOfAll } from './net-benefit';
import { seededRandom } from './random';

/** Scores with ties, several images a group. */
function sample(count: number) {
  const random = seededRandom(3);
  const isPositive = Array.from({ length: count }, () => random() < 0.4);
  const scores = isPositive.map((positive) => Math.round(20 * (0.6 * random() + (positive ? 0.3 : 0))) / 20);
  const groups = isPositive.map((_, index) => `g${Math.floor(index / 2)}`);
  return { scores, isPositive, groups };
}

test('bands are the percentiles of curves drawn the plain way, image by image', () => {
  const { scores, isPositive, groups } = sample(60);
  const [curves] = bandedCurves([{ positive: ['mel'], scores, isPositive }], groups, {
    resamples: 40,
    seed: 5,
  });
  const drawn = [...draws(groups, 40, 5)].map((weights) => {
    // Each image as often as the draw has it.
    const indices = [...weights].flatMap((times, index) => Array<number>(times).fill(index));
    return {
      scores: indices.map((index) => scores[index] as number),
      positive: indices.map((index) => isPositive[index] as boolean),
    };
  });
  const check = (
    band: readonly (readonly [number, number, number])[] | undefined,
    at: number,
    y: (of: (typeof drawn)[number], x: number) => number,
  ) => {
    const point = band?.[at];
    const values = drawn.map((each) => y(each, point?.[0] ?? Number.NaN)).sort((a, b) => a - b);
    expect(point?.[1]).toBeCloseTo(quantile(values, 0.025), 3);
    expect(point?.[2]).toBeCloseTo(quantile(values, 0.975), 3);
  };
  for (const at of [0, 5, 20, 40, 50]) {
    check(curves?.roc.band, at, (each, x) => {
      const points = rocCurve(each.scores, each.positive);
      const after = points.find(({ falsePositiveRate }) => falsePositiveRate > x + 1e-12);
      const before = points.filter(({ falsePositiveRate }) => falsePositiveRate <= x + 1e-12).at(-1);
      if (!before || !after) return 1;
      const rise = after.truePositiveRate - before.truePositiveRate;
      const run = after.falsePositiveRate - before.falsePositiveRate;
      return before.truePositiveRate + (rise * (x - before.falsePositiveRate)) / run;
    });
    check(curves?.precisionRecall.band, at, (each, x) => {
      const point = precisionRecallCurve(each.scores, each.positive).find(
        ({ recall }) => recall >= x - 1e-12,
      );
      return point?.precision ?? Number.NaN;
    });
  }
  for (const at of [0, 10, 24, 48]) {
    check(curves?.netBenefit.band, at, (each, x) => {
      const { truePositives, falsePositives } = confusionAt(each.scores, each.positive, x);
      return netBenefit(truePositives, falsePositives, each.scores.length, x);
    });
  }
});

test('the curve itself is that of all images, at most 101 points, and the same each time', () => {
  const { scores, isPositive, groups } = sample(60);
  const target = { positive: ['mel'], scores, isPositive };
  const [curves] = bandedCurves([target], groups, { resamples: 20 });
  expect(curves?.roc.points[0]).toEqual([0, 0]);
  expect(curves?.roc.points.at(-1)).toEqual([1, 1]);
  expect(curves?.roc.points.length).toBeLessThanOrEqual(101);
  const [x, y] = curves?.netBenefit.points[9] ?? [0, 0];
  const { truePositives, falsePositives } = confusionAt(scores, isPositive, x);
  expect(y).toBeCloseTo(netBenefit(truePositives, falsePositives, 60, x), 3);
  expect(bandedCurves([target], groups, { resamples: 20 })).toEqual([curves]);
});

test('a target with images on one side only has no curves', () => {
  const target = { positive: ['mel'], scores: [0.1, 0.9], isPositive: [true, true] };
  expect(bandedCurves([target], ['a', 'b'])).toEqual([]);
});

test('net benefit by hand: 100 images, 20 with it; at 0.25 three needless acts undo one find', () => {
  expect(netBenefit(15, 12, 100, 0.25)).toBeCloseTo(0.15 - 0.12 / 3, 12);
  expect(netBenefitOfAll(0.2, 0.25)).toBeCloseTo(0.2 - 0.8 / 3, 12);
  // Acting on everybody is worth nothing from the prevalence on.
  expect(netBenefitOfAll(0.2, 0.2)).toBeCloseTo(0, 12);
});
