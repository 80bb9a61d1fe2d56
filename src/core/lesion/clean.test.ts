import { expect, test } from 'vitest';
import { box, disc, draw } from '../fixtures/shapes';
import type { Point } from '../geometry';
import type { Probabilities } from '../raster';
import { cleaningRules, fillHoles, findLesions } from './clean';

const whole = { left: 0, top: 0, width: 100, height: 100 };

/** Probability `p` inside each shape, 0.1 elsewhere. */
function probabilities(...shapes: [inside: (place: Point) => boolean, p: number][]): Probabilities {
  const data = new Float32Array(100 * 100).fill(0.1);
  for (const [inside, p] of shapes) {
    draw(100, 100, inside).data.forEach((value, index) => {
      if (value) data[index] = p;
    });
  }
  return { width: 100, height: 100, data };
}

test('the lesion keeps its pixels, loses its holes, and says where it is', () => {
  const ring = probabilities([disc(50, 50, 20), 0.9], [disc(50, 50, 5), 0.2]);
  const { lesions, nothing } = findLesions(ring, whole);
  expect(nothing).toBeNull();
  expect(lesions).toHaveLength(1);
  expect(lesions[0]?.mask).toEqual(draw(100, 100, disc(50, 50, 20)));
  expect(lesions[0]?.centroid.x).toBeCloseTo(50, 6);
  expect(lesions[0]?.box).toEqual({ left: 30, top: 30, width: 40, height: 40 });
  expect(lesions[0]?.meanProbability).toBeCloseTo(0.9, 5);
  expect(lesions[0]?.area).toBe(lesions[0]?.mask.data.reduce((sum, value) => sum + value, 0));
});

test('in the middle beats somewhat larger in the corner; both are lesions', () => {
  const two = probabilities([disc(12, 12, 12), 0.9], [disc(55, 50, 10), 0.9]);
  const { lesions } = findLesions(two, whole);
  expect(lesions.map(({ centroid }) => Math.round(centroid.x))).toEqual([55, 12]);
  expect(lesions[0]?.score).toBeGreaterThan(lesions[1]?.score ?? Infinity);
});

test('a candidate far below the best score is no lesion', () => {
  const speck = probabilities([disc(50, 50, 30), 0.9], [disc(95, 95, 2.5), 0.9]);
  expect(findLesions(speck, whole).lesions).toHaveLength(1);
  expect(findLesions(speck, whole, { ...cleaningRules, minScore: 0 }).lesions).toHaveLength(2);
});

test('each way of finding nothing has a reason of its own', () => {
  const nothing = (field: Probabilities) => findLesions(field, whole).nothing;
  expect(nothing(probabilities())).toBe('no-candidate');
  expect(nothing(probabilities([box(50, 50, 2, 2), 0.9]))).toBe('too-small');
  expect(nothing(probabilities([disc(50, 50, 20), 0.55]))).toBe('too-uncertain');
  expect(nothing(probabilities([disc(50, 50, 20), 0.61]))).toBeNull();
});

test('the bars of a letterbox hold no lesion', () => {
  const inBar = probabilities([box(50, 10, 30, 10), 0.9]);
  expect(findLesions(inBar, { left: 0, top: 20, width: 100, height: 60 }).nothing).toBe('no-candidate');
});

test('pixels that touch by a corner are one lesion; a hole open to the edge is no hole', () => {
  const halves = probabilities([box(40, 40, 20, 20), 0.9], [box(60, 60, 20, 20), 0.9]);
  expect(findLesions(halves, whole).lesions).toHaveLength(1);
  const bay = draw(10, 10, ({ x, y }) => !(x > 4 && x < 6 && y < 5));
  expect(fillHoles(bay)).toEqual(bay);
  const hole = draw(10, 10, ({ x, y }) => !(x > 4 && x < 6 && y > 4 && y < 6));
  expect(fillHoles(hole).data.every((value) => value === 1)).toBe(true);
});
