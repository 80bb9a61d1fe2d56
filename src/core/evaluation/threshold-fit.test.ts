import { expect, test } from 'vitest';
import { decisionOf } from './threshold-fit';

test('a threshold that flagged every lesion of the other half does not promise to flag every one', () => {
  const half = (sum: (index: number) => number) => {
    const images = Array.from({ length: 60 }, (_, index) => index);
    return {
      truth: images.map((index) => index % 2),
      probabilities: images.map((index) => [1 - sum(index), sum(index)]),
      groups: images.map((index) => `l${index}`),
    };
  };
  const both = half((index) => (index % 2 === 1 ? 0.9 : 0.1));
  const { thresholds } = decisionOf(
    { fitted: both, measured: both, positive: [1] },
    { threshold: 0.5, targetSensitivity: 0.9 },
    { resamples: 20 },
  );
  // Wilson, 30 of 30: 30 / (30 + z^2).
  const all = { value: 1, low: expect.closeTo(0.8865, 4), high: 1 };
  expect(thresholds?.map(({ sensitivity, specificity }) => [sensitivity, specificity])).toEqual(
    Array(5).fill([all, all]),
  );
});
