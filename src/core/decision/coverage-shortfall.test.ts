import { expect, test } from 'vitest';
import type { Conformal } from '../card/card';
import { exampleCard, exampleSiteCalibration } from '../fixtures/analysis';
import { coverageShortfalls, urgentShortfalls } from './coverage-shortfall';

/** Lists that held this many of so many photos, by class. */
function measured(held: Record<string, [number, number]>): Conformal {
  const { conformal } = exampleSiteCalibration('tiny', 'a'.repeat(64));
  const estimate = { value: 0.9, low: 0.8, high: 1 };
  const perClass = Object.entries(held).map(([id, [hits, count]]) => ({
    class: id,
    count,
    coverage: { value: hits / count, low: 0, high: 1 },
  }));
  const test = { coverage: estimate, meanSize: estimate, empty: estimate, single: estimate, perClass };
  return { ...conformal, test };
}

const shortfalls = (held: Record<string, [number, number]>) =>
  urgentShortfalls(measured(held), exampleCard.classes);

test('a malignant class whose lists miss it too often is named, with its photos', () => {
  expect(shortfalls({ nv: [280, 300], mel: [25, 40] })).toEqual([{ classId: 'mel', held: 25, photos: 40 }]);
});

test('what chance explains is not named: its interval reaches the promise', () => {
  expect(shortfalls({ mel: [33, 40] })).toEqual([]);
  expect(shortfalls({ mel: [40, 40] })).toEqual([]);
});

test('a benign class is named among all, and not among those to warn of', () => {
  expect(shortfalls({ nv: [100, 300], mel: [40, 40] })).toEqual([]);
  expect(coverageShortfalls(measured({ nv: [100, 300], mel: [40, 40] }))).toEqual([
    { classId: 'nv', held: 100, photos: 300 },
  ]);
});

test('lists that nobody measured are not warned of', () => {
  expect(coverageShortfalls(exampleSiteCalibration('tiny', 'a'.repeat(64)).conformal)).toEqual([]);
});
