import { expect, test } from 'vitest';
import { box, disc, draw } from '../fixtures/shapes';
import { letterbox } from '../geometry';
import { areaOf, boundingBox, centroidOf, maskInSquare } from './mask';

test('area, centroid and box of a rectangle; none of an empty mask', () => {
  const mask = draw(20, 10, box(6, 5, 4, 6));
  expect(areaOf(mask)).toBe(24);
  expect(centroidOf(mask)).toEqual({ x: 6, y: 5 });
  expect(boundingBox(mask)).toEqual({ left: 4, top: 2, width: 4, height: 6 });
  const empty = draw(5, 5, () => false);
  expect([areaOf(empty), centroidOf(empty), boundingBox(empty)]).toEqual([0, null, null]);
});

const photo = { width: 600, height: 400 };

test('the mask is cut out as the classifier sees the square', () => {
  // A disc in the photo at (300, 200) with radius 60, on a letterbox of half its size.
  const viewport = { photo, on: letterbox(photo.width, photo.height, 300) };
  const mask = draw(300, 300, disc(150, 150, 30));
  const values = maskInSquare(mask, viewport, { left: 200, top: 100, side: 200 }, 100);
  const expected = draw(100, 100, disc(50, 50, 30));
  expect(Array.from(values)).toEqual(Array.from(expected.data));
  // A square at the photo's edge: nothing of the letterbox's bars is lesion.
  expect(maskInSquare(mask, viewport, { left: 0, top: 0, side: 100 }, 10).every((value) => value === 0)).toBe(
    true,
  );
});
