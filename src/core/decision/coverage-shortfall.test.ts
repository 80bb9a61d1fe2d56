import { expect, test } from 'vitest';
import { exampleCard, exampleSiteCalibration } from '../fixtures/analysis';
import { coverageShortfalls } from './coverage-shortfall';
import type { SiteCalibration } from './site-calibration';

/** Lists that held this many of so many photos, by class. */
function measured(held: Record<string, [number, number]>): SiteCalibration {
  const site = exampleSiteCalibration('tiny', 'a'.repeat(64));
  const estimate = { value: 0.9, low: 0.8, high: 1 };
  const perClass = Object.entries(held).map(([id, [hits, count]]) => ({
    class: id,
    count,
    coverage: { value: hits / count, low: 0, high: 1 },
  }));
  const test = { coverage: estimate, meanSize: estimate, empty: estimate, single: estimate, perClass };
  return { ...site, conformal: { ...site.conformal, test } };
}

const shortfalls = (held: Record<string, [number, number]>) =>
  coverageShortfalls(measured(held), exampleCard.classes);

test('a malignant class whose lists miss it too often is named, with its photos', () => {
  expect(shortfalls({ nv: [280, 300], mel: [25, 40] })).toEqual([{ classId: 'mel', held: 25, photos: 40 }]);
});

test('what chance explains is not named: its interval reaches the promise', () => {
  expect(shortfalls({ mel: [33, 40] })).toEqual([]);
  expect(shortfalls({ mel: [40, 40] })).toEqual([]);
});

test('a benign class is not named, nor a calibration that nobody measured', () => {
  expect(shortfalls({ nv: [100, 300], mel: [40, 40] })).toEqual([]);
  expect(coverageShortfalls(exampleSiteCalibration('tiny', 'a'.repeat(64)), exampleCard.classes)).toEqual([]);
});
