import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '../../core/analysis';
import { documentText, parseDocument } from '../../core/report/json';
import type { TinyPackage } from '../testing/build-package';
import { goldenPackage } from '../testing/golden-package';
import { openEngine, unwrapped } from '../testing/open-engine';
import { tinyFusion } from '../testing/tiny-fusion';
import { tinySegmenter } from '../testing/tiny-segmenter';

const packageId = 'tiny-fusion';
const photo = 'spots 90 60 25';
let packages: TinyPackage[];

beforeAll(async () => {
  packages = [await goldenPackage(tinyFusion), await goldenPackage(tinySegmenter)];
});

const calibrated = ({ probabilities }: Analysis) =>
  probabilities.map((probability) => probability.calibrated);

function expectSame(some: readonly number[] = [], others: readonly number[] = []): void {
  expect(some).toHaveLength(others.length);
  some.forEach((value, index) => {
    expect(value).toBeCloseTo(others[index] ?? Number.NaN, 5);
  });
}

describe('image, mask and metadata fused', () => {
  test('metadata and mask both move the answer; without either it works and says so', async () => {
    const { analyse } = openEngine(packages);
    const all = unwrapped(await analyse(photo, { packageId, metadata: { age: 70, sex: 'male' } }));
    const noFacts = unwrapped(await analyse(photo, { packageId }));
    const nothing = unwrapped(await analyse(photo, { packageId, segmenterId: null }));
    expect(all.modelMetadata?.missing).toEqual([]);
    expect(noFacts.modelMetadata?.missing).toEqual(['age', 'sex']);
    expect(all.lesion?.chosen).toBe(0);
    expect(nothing.lesion).toBeNull();
    const [a = 0, b = 0, c = 0] = [all, noFacts, nothing].map((analysis) => calibrated(analysis)[1]);
    expect(Math.abs(a - b)).toBeGreaterThan(1e-3);
    expect(Math.abs(b - c)).toBeGreaterThan(1e-3);
  });

  test('each query has a map that adds up to 1', async () => {
    const { analyse } = openEngine(packages);
    const { attention } = unwrapped(await analyse(photo, { packageId, metadata: { age: 70 } }));
    expect([attention?.width, attention?.height]).toEqual([8, 8]);
    expect(attention?.planes.map(({ query }) => query)).toEqual(['metadata', 'mask']);
    for (const { values } of attention?.planes ?? []) {
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      expect(Math.max(...values)).toBeGreaterThan(1.2 / 64);
    }
  });

  test('the what-if table says what a whole new analysis would say', async () => {
    const { analyse } = openEngine(packages);
    const square = { left: 30, top: 0, side: 120 };
    const { whatIf, ...analysis } = unwrapped(
      await analyse(photo, { packageId, square, metadata: { age: 70, sex: 'male' } }),
    );
    expect(whatIf?.map(({ field, value }) => `${field} ${value}`)).toEqual([
      'age unknown',
      'age 0-29',
      'age 30-59',
      'sex unknown',
      'sex female',
      'mask none',
    ]);
    const others = [
      { age: null, sex: 'male' },
      { age: 12, sex: 'male' },
      { age: 40, sex: 'male' },
      { age: 70 },
      { age: 70, sex: 'female' },
    ];
    for (const [index, metadata] of others.entries()) {
      const again = unwrapped(await analyse(photo, { packageId, square, metadata }));
      expectSame(whatIf?.[index]?.probabilities, calibrated(again));
    }
    const metadata = { age: 70, sex: 'male' };
    const unmasked = unwrapped(await analyse(photo, { packageId, square, metadata, segmenterId: null }));
    expectSame(whatIf?.[5]?.probabilities, calibrated(unmasked));
    expect(unmasked.whatIf?.map(({ field }) => field)).not.toContain('mask');
    // Or the comparison would hold for a head that hears nothing.
    expect(Math.max(...(whatIf ?? []).map(({ largest }) => largest))).toBeGreaterThan(0.01);
    expectSame(
      whatIf?.[0]?.changes,
      whatIf?.[0]?.probabilities.map((value, at) => value - (calibrated(analysis as Analysis)[at] ?? 0)),
    );
  });

  test('the whole analysis comes back from a file as it was', async () => {
    const { analyse } = openEngine(packages);
    const metadata = { age: 70, sex: 'male' };
    const analysis = unwrapped(
      await analyse(photo, { packageId, metadata, scale: 0.1, testTimeAugmentation: true }),
    );
    const text = documentText({
      analysis,
      photo: { name: null, type: 'image/png', bytes: 1, sha256: 'a'.repeat(64) },
      disclaimer: { en: 'x', ko: '엑스' },
      exportedAt: '2025-01-01T00:00:00.000Z',
    });
    expect(unwrapped(parseDocument(text)).analysis).toEqual(analysis);
    expect(analysis.lesion?.morphology).not.toBeNull();
  });

  test('leaves no tensor behind', async () => {
    const { analyse } = openEngine(packages);
    const request = { packageId, metadata: { age: 70 }, testTimeAugmentation: true };
    await analyse(photo, request);
    const before = tf.memory().numTensors;
    await analyse(photo, request);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('test-time augmentation', () => {
  test('eight views, of which the first is the answer', async () => {
    const { analyse } = openEngine(packages);
    const single = unwrapped(await analyse(photo, { packageId }));
    const eight = unwrapped(await analyse(photo, { packageId, testTimeAugmentation: true }));
    expect(single.testTimeAugmentation).toBeNull();
    expect(eight.testTimeAugmentation?.views).toBe(8);
    expectSame(calibrated(eight), calibrated(single));
    // This network knows no place but the mask's mean and the tokens' sum: whatever is turned, it says the
    // same.
    for (const { deviation } of eight.testTimeAugmentation?.classes ?? [])
      expect(deviation).toBeLessThan(1e-5);
    expect(eight.testTimeAugmentation?.agreement).toBe(1);
  });

  test('a network that knows left from right is less steady', async () => {
    const { analyse } = openEngine([await goldenPackage()]);
    const request = {
      packageId: 'tiny-classifier',
      square: { left: 85, top: 20, side: 50 },
      testTimeAugmentation: true,
    };
    const { testTimeAugmentation, probabilities } = unwrapped(await analyse(photo, request));
    const [nv] = testTimeAugmentation?.classes ?? [];
    expect(nv?.deviation).toBeGreaterThan(1e-4);
    expect(nv?.lowest).toBeLessThanOrEqual(probabilities[0]?.calibrated ?? 0);
    expect(nv?.highest).toBeGreaterThanOrEqual(probabilities[0]?.calibrated ?? 1);
  });
});
