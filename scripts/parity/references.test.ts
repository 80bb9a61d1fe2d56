import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareMaps, largestDifference, referencesOf, sharedData } from './references';

const photosThere = existsSync(sharedData) || process.env.CI === 'true';

test('the largest difference over all classes; a class that one side lacks is no agreement', () => {
  const got = [
    { id: 'nv', calibrated: 0.7 },
    { id: 'mel', calibrated: 0.3 },
  ];
  expect(largestDifference(got, { nv: 0.69, mel: 0.31 })).toBeCloseTo(0.01, 12);
  expect(largestDifference(got, { nv: 0.7 })).toBe(Number.POSITIVE_INFINITY);
  expect(largestDifference([], { nv: 0.7 })).toBe(Number.POSITIVE_INFINITY);
});

test('two maps: the worst pixel, and how far what is over a half agrees', () => {
  const map = (...values: number[]) => ({ width: 2, height: 2, data: Float32Array.from(values) });
  const wanted = map(0, 0.9, 0.8, 0.2);
  expect(compareMaps(wanted, wanted)).toEqual({ difference: 0, dice: 1 });
  const { difference, dice } = compareMaps(map(0.1, 0.9, 0.3, 0.2), wanted);
  expect(difference).toBeCloseTo(0.5, 6);
  expect(dice).toBeCloseTo(2 / 3, 12);
  expect(compareMaps(map(0, 0, 0, 0), map(0, 0, 0, 0)).dice).toBe(1);
  expect(compareMaps({ width: 4, height: 1, data: wanted.data }, wanted).difference).toBe(
    Number.POSITIVE_INFINITY,
  );
  expect(compareMaps(map(0, 0.9, Number.NaN, 0.2), wanted).difference).toBe(Number.POSITIVE_INFINITY);
});

test.skipIf(!photosThere)(
  'photos that PyTorch was asked about are there, with what the table knows of the patient',
  () => {
    const references = referencesOf('efficientnet-lite2-phone-symptoms');
    expect(references.length).toBeGreaterThan(3);
    for (const reference of references) {
      if (reference.kind !== 'classes') throw new Error('a classifier left a map');
      const { path, metadata, mask, probabilities } = reference;
      expect(existsSync(join(sharedData, path)), path).toBe(true);
      expect(metadata.region, path).toBeTruthy();
      expect(mask).toBeNull();
      const sum = Object.values(probabilities).reduce((total, share) => total + share, 0);
      expect(sum).toBeCloseTo(1, 4);
    }
  },
);

test.skipIf(!photosThere)('the maps of the segmenter lie over photos that are there', () => {
  const references = referencesOf('unet-lite0-lesion');
  expect(references.length).toBeGreaterThan(2);
  for (const reference of references) {
    if (reference.kind !== 'map') throw new Error('a segmenter left no map');
    const { path, map } = reference;
    expect(existsSync(join(sharedData, path)), path).toBe(true);
    expect(Math.max(map.width, map.height)).toBe(224);
    expect(Math.min(...map.data)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...map.data)).toBeLessThanOrEqual(1);
  }
});

test('a package that PyTorch left nothing of', () => {
  expect(referencesOf('none')).toEqual([]);
});
