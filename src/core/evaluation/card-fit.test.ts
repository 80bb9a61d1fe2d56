import { expect, test } from 'vitest';
import { softmax } from '../decision/probability';
import { seededRandom } from '../metrics/random';
import { fitCard, fitTemperature, type LogitSample } from './card-fit';

const classes = [
  { id: 'nv', kind: 'benign' },
  { id: 'bkl', kind: 'benign' },
  { id: 'mel', kind: 'malignant' },
] as const;
const ids: string[] = classes.map(({ id }) => id);

/**
 * Photos of a network that is as sure as it should be at `temperature`: the truth is drawn from its softmax
 * there.
 */
function photos(count: number, temperature: number, seed: number): LogitSample {
  const random = seededRandom(seed);
  const logits = Array.from({ length: count }, () => ids.map(() => 8 * (random() - 0.5) * temperature));
  const truth = logits.map((row) => {
    let rest = random();
    const label = softmax(row, temperature).findIndex((p) => {
      rest -= p;
      return rest < 0;
    });
    return Math.max(0, label);
  });
  return { truth, logits, groups: logits.map((_, at) => `photo ${at}`) };
}

test('the temperature that the photos were drawn with is found', () => {
  for (const temperature of [0.5, 1, 3]) {
    const { truth, logits } = photos(4000, temperature, 1);
    expect(fitTemperature(truth, logits) / temperature).toBeCloseTo(1, 1);
  }
});

test('a card is fitted on one half and measured on the other', () => {
  const sample = photos(1200, 2, 2);
  const fitted = fitCard({ classes, positive: [2], targetSensitivity: 0.9 }, sample, { resamples: 100 });
  if (!fitted.ok) throw new Error(fitted.failure.code);
  const { calibration, decision, results } = fitted.value;
  expect(results.count).toBe(600);
  expect(calibration.temperature).toBeCloseTo(2, 0);
  expect(calibration.ece).toBeLessThan(calibration.eceUncalibrated as number);
  expect(calibration.conformal.classes.map((each) => each.class)).toEqual(ids);
  // What is promised on one half holds on the other, as far as chance allows.
  expect(calibration.conformal.test?.coverage.value).toBeGreaterThan(0.85);
  expect(decision?.positive).toEqual(['mel']);
  expect(decision?.sensitivity).toBeGreaterThan(0.8);
  expect(decision?.targetSensitivity).toBe(0.9);
  expect(decision?.thresholds?.find((each) => each.targetSensitivity === 0.9)).toMatchObject({
    threshold: decision?.threshold,
    sensitivity: { value: decision?.sensitivity },
  });
  expect(results.metrics.auc?.low).toBeLessThan(results.metrics.auc?.value as number);
  expect(results.roc.mel?.length).toBeGreaterThan(10);
});

test('classes of which none is to be flagged give a card without a threshold', () => {
  const fitted = fitCard({ classes, positive: [], targetSensitivity: 0.9 }, photos(200, 1, 3), {
    resamples: 50,
  });
  expect(fitted.ok && fitted.value.decision).toBeNull();
});

test('too few photos are refused with what is missing', () => {
  const fitted = fitCard({ classes, positive: [2], targetSensitivity: 0.9 }, photos(12, 1, 4));
  expect(fitted).toMatchObject({ ok: false, failure: { code: 'calibration-few', detail: { needed: 20 } } });
});
