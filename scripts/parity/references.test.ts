import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { largestDifference, referencesOf, sharedData } from './references';

test('the largest difference over all classes; a class that one side lacks is no agreement', () => {
  const got = [
    { id: 'nv', calibrated: 0.7 },
    { id: 'mel', calibrated: 0.3 },
  ];
  expect(largestDifference(got, { nv: 0.69, mel: 0.31 })).toBeCloseTo(0.01, 12);
  expect(largestDifference(got, { nv: 0.7 })).toBe(Number.POSITIVE_INFINITY);
  expect(largestDifference([], { nv: 0.7 })).toBe(Number.POSITIVE_INFINITY);
});

test.skipIf(!existsSync(sharedData) && process.env.CI !== 'true')(
  'photos that PyTorch was asked about are there, with what the table knows of the patient',
  () => {
    const references = referencesOf({ id: 'mobilenetv2-phone-symptoms', domain: 'phone' });
    expect(references.length).toBeGreaterThan(3);
    for (const { path, facts, probabilities } of references) {
      expect(existsSync(join(sharedData, path)), path).toBe(true);
      expect(facts.region, path).toBeTruthy();
      const sum = Object.values(probabilities).reduce((total, share) => total + share, 0);
      expect(sum).toBeCloseTo(1, 4);
    }
  },
);

test('a package that PyTorch left nothing of', () => {
  expect(referencesOf({ id: 'none', domain: 'phone' })).toEqual([]);
});
