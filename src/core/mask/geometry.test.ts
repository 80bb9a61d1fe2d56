import { expect, test } from 'vitest';
import { box, disc, draw } from '../fixtures/shapes';
import {
  areaOf,
  boundingBox,
  centroidOf,
  fromPhoto,
  letterboxFrame,
  maskInSquare,
  photoPixels,
  rectangleToPhoto,
  squareAround,
  squareFrame,
  squaresAround,
  toPhoto,
} from './geometry';

const photo = { width: 600, height: 400 };

test('letterbox: corners of the photo and of its picture answer to each other', () => {
  const frame = letterboxFrame(photo, 300);
  expect(frame.on).toEqual({ left: 0, top: 50, width: 300, height: 200 });
  expect(toPhoto(frame, { x: 0, y: 50 })).toEqual({ x: 0, y: 0 });
  expect(toPhoto(frame, { x: 300, y: 250 })).toEqual({ x: 600, y: 400 });
  expect(fromPhoto(frame, { x: 300, y: 200 })).toEqual({ x: 150, y: 150 });
  expect(rectangleToPhoto(frame, { left: 30, top: 60, width: 20, height: 10 })).toEqual({
    left: 60,
    top: 20,
    width: 40,
    height: 20,
  });
  expect(photoPixels(frame)).toBe(2);
});

test('a square frame carries a map of the classifier back to the photo', () => {
  const frame = squareFrame(photo, { left: 100, top: 50, side: 224 }, 7);
  expect(toPhoto(frame, { x: 0, y: 0 })).toEqual({ x: 100, y: 50 });
  expect(toPhoto(frame, { x: 7, y: 3.5 }).x).toBeCloseTo(324, 9);
  expect(fromPhoto(frame, { x: 100, y: 162 }).y).toBeCloseTo(3.5, 9);
});

test('area, centroid and box of a rectangle; none of an empty mask', () => {
  const mask = draw(20, 10, box(6, 5, 4, 6));
  expect(areaOf(mask)).toBe(24);
  expect(centroidOf(mask)).toEqual({ x: 6, y: 5 });
  expect(boundingBox(mask)).toEqual({ left: 4, top: 2, width: 4, height: 6 });
  const empty = draw(5, 5, () => false);
  expect([areaOf(empty), centroidOf(empty), boundingBox(empty)]).toEqual([0, null, null]);
});

test('the square is centred on the lesion with its margin, and pushed back into the photo', () => {
  const lesion = { left: 200, top: 150, width: 100, height: 60 };
  expect(squareAround(lesion, photo)).toEqual({ left: 150, top: 80, side: 200 });
  expect(squareAround(lesion, photo, 0)).toEqual({ left: 200, top: 130, side: 100 });
  const corner = { left: 0, top: 350, width: 100, height: 50 };
  expect(squareAround(corner, photo)).toEqual({ left: 0, top: 200, side: 200 });
  expect(squareAround({ left: 0, top: 0, width: 600, height: 400 }, photo)).toEqual({
    left: 100,
    top: 0,
    side: 400,
  });
  expect(squareAround({ left: 300, top: 200, width: 2, height: 2 }, photo, 0.5, 96).side).toBe(96);
});

test('several lesions have a square each, equal ones once', () => {
  const far = { left: 20, top: 20, width: 40, height: 40 };
  const other = { left: 400, top: 200, width: 40, height: 40 };
  expect(squaresAround([other, far], photo)).toEqual([
    { left: 380, top: 180, side: 80 },
    { left: 0, top: 0, side: 80 },
  ]);
  const full = { left: 0, top: 0, width: 600, height: 400 };
  expect(squaresAround([full, { ...full, width: 599.9 }], photo)).toHaveLength(1);
});

test('the mask is cut out as the classifier sees the square', () => {
  // A disc in the photo at (300, 200) with radius 60, on a letterbox of half its size.
  const frame = letterboxFrame(photo, 300);
  const mask = draw(300, 300, disc(150, 150, 30));
  const values = maskInSquare(mask, frame, { left: 200, top: 100, side: 200 }, 100);
  const expected = draw(100, 100, disc(50, 50, 30));
  expect(Array.from(values)).toEqual(Array.from(expected.data));
  // A square at the photo's edge: nothing of the letterbox's bars is lesion.
  expect(maskInSquare(mask, frame, { left: 0, top: 0, side: 100 }, 10).every((value) => value === 0)).toBe(
    true,
  );
});
