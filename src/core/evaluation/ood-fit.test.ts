import { describe, expect, test } from 'vitest';
import { seededRandom } from '../metrics/random';
import { type FeatureSample, fitOod, oodScores } from './ood-fit';

// Seeds are other than the fit's own: its random directions would be the photos themselves.
function normals(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Photos of two classes whose features vary much along some axes and little along others. */
function photos(count: number, width: number, seed: number): FeatureSample {
  const normal = normals(seed);
  const truth = Array.from({ length: count }, (_, row) => row % 2);
  const features = truth.map((label) =>
    Float32Array.from(
      { length: width },
      (_, axis) => (axis % 7 === 0 ? 3 * label : 0) + normal() * (axis % 3 === 0 ? 2 : 0.2),
    ),
  );
  return { truth, features, groups: truth.map((_, row) => `photo ${row}`) };
}

/** Features like nothing that was seen: every axis as wide. */
const strangers = (count: number, width: number, seed: number) => {
  const normal = normals(seed);
  return Array.from({ length: count }, () => Float32Array.from({ length: width }, () => 2 * normal()));
};

function fitted(sample: FeatureSample, held: FeatureSample) {
  const fit = fitOod(sample, held);
  if (!fit) throw new Error('nothing was fitted');
  return fit;
}

describe('a score fitted on photos', () => {
  // As many photos as features and more, fewer, and more features than directions that are kept.
  test.each([
    [400, 20],
    [60, 100],
    [60, 300],
    [280, 270],
  ])('%i photos of %i features: those held back pass, others do not', (count, width) => {
    const fit = fitted(photos(count, width, 11), photos(200, width, 12));
    expect(fit.acceptance).toBe(0.95);
    expect(fit.testCount).toBe(200);
    expect(fit.testAcceptance).toBeGreaterThan(0.88);
    const passed = oodScores(fit.detector, strangers(50, width, 13)).filter(
      (score) => score <= fit.threshold,
    ).length;
    expect(passed / 50).toBeLessThan(0.05);
  });

  test('it is the squared Mahalanobis distance to the nearest class mean', () => {
    const { truth, groups, ...drawn } = photos(1000, 2, 14);
    // Axes of about the same width: the shrinking of a covariance that many photos know is then small.
    const features = drawn.features.map(([x = 0, y = 0]) => Float32Array.of(x, 5 * y));
    const { detector } = fitted({ truth, features, groups }, photos(10, 2, 15));
    const meanOf = (label: number, axis: number) => {
      const values = features.flatMap((row, at) => (truth[at] === label ? [row[axis] as number] : []));
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    const residuals = features.map((row, at) =>
      [0, 1].map((axis) => (row[axis] as number) - meanOf(truth[at] as number, axis)),
    );
    const covariance = (a: number, b: number) =>
      residuals.reduce((sum, row) => sum + (row[a] as number) * (row[b] as number), 0) / residuals.length;
    const [xx, xy, yy] = [covariance(0, 0), covariance(0, 1), covariance(1, 1)];
    const distance = (point: Float32Array, label: number) => {
      const [x, y] = [0, 1].map((axis) => (point[axis] as number) - meanOf(label, axis)) as [number, number];
      return (yy * x * x - 2 * xy * x * y + xx * y * y) / (xx * yy - xy * xy);
    };
    const points = [Float32Array.of(1, 0.5), Float32Array.of(3, -2), Float32Array.of(-2, 0)];
    for (const [at, score] of oodScores(detector, points).entries()) {
      const point = points[at] as Float32Array;
      const exact = Math.min(distance(point, 0), distance(point, 1));
      expect(score / exact).toBeGreaterThan(0.9);
      expect(score / exact).toBeLessThan(1.02);
    }
  });

  test('features that are the same for every photo give none', () => {
    const { truth, groups } = photos(40, 3, 6);
    const features = truth.map(() => Float32Array.of(1, 2, 3));
    expect(fitOod({ truth, groups, features }, { features })).toBeNull();
  });
});
