import { expect, test } from 'vitest';
import { exampleAnalysis } from '../src/core/fixtures/analysis';
import { seededRandom } from '../src/core/metrics/random';
import { runTrials, type Seen } from './odd-one-out-trials';

const random = seededRandom(7);

/** A unit vector near an axis. */
function near(axis: number, spread: number): Seen {
  const vector = Array.from(
    { length: 6 },
    (_, index) => (index === axis ? 1 : 0) + spread * (random() - 0.5),
  );
  const length = Math.hypot(...vector);
  return exampleAnalysis({ embedding: vector.map((value) => value / length) });
}
const many = (count: number, axis: number) => Array.from({ length: count }, () => near(axis, 0.4));
const how = { lesions: 10, patients: 200, seed: 1, limit: 3.5 };

test('a melanoma that looks like nothing else is named nearly always, and by itself', () => {
  const { melanoma } = runTrials({ melanomas: many(20, 1), nevi: many(60, 0) }, how);
  expect(melanoma.patients).toBe(200);
  expect(melanoma.farthest).toBe(1);
  expect(melanoma.named).toBeGreaterThan(0.95);
  expect(melanoma.low).toBeLessThanOrEqual(melanoma.named);
  expect(melanoma.high).toBeGreaterThanOrEqual(melanoma.named);
});

test('a melanoma that looks like the nevi is the farthest as often as chance has it', () => {
  const { melanoma, nevi } = runTrials(
    { melanomas: many(60, 0), nevi: many(60, 0) },
    { ...how, patients: 1200 },
  );
  expect(melanoma.farthest).toBeGreaterThan(0.06);
  expect(melanoma.farthest).toBeLessThan(0.14);
  // A nevus is named as often as such a melanoma: no more is known of the one than of the other.
  expect(Math.abs(melanoma.named - nevi.named)).toBeLessThan(0.03);
});

test('the same seed draws the same patients', () => {
  const photos = { melanomas: many(5, 1), nevi: many(30, 0) };
  expect(runTrials(photos, how)).toEqual(runTrials(photos, how));
  expect(runTrials(photos, { ...how, seed: 2 })).not.toEqual(runTrials(photos, how));
});
