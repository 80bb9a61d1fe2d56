import { expect, test } from 'vitest';
import {
  centreSquare,
  fromPhoto,
  letterbox,
  photoPixels,
  rectangleToPhoto,
  squareAround,
  squaresAround,
  squareViewport,
  squareWithin,
  toPhoto,
} from './geometry';

test('centre square: an odd rest falls to the right and to the bottom', () => {
  expect(centreSquare(600, 450)).toEqual({ left: 75, top: 0, side: 450 });
  expect(centreSquare(4, 7)).toEqual({ left: 0, top: 1, side: 4 });
});

test('letterbox: the long side fills the input', () => {
  expect(letterbox(600, 450, 256)).toEqual({ left: 0, top: 32, width: 256, height: 192 });
  expect(letterbox(450, 600, 256)).toEqual({ left: 32, top: 0, width: 192, height: 256 });
  expect(letterbox(1000, 1, 100)).toEqual({ left: 0, top: 49, width: 100, height: 1 });
});

test("letterbox: halves are rounded as Python's round does, 2.5 to 2 and 3.5 to 4", () => {
  expect(letterbox(8, 5, 4).height).toBe(2);
  expect(letterbox(8, 7, 4).height).toBe(4);
});

test('a square asked for is moved and shrunk into the photo', () => {
  expect(squareWithin({ left: -5, top: 95, side: 20 }, 100, 100)).toEqual({ left: 0, top: 80, side: 20 });
  expect(squareWithin({ left: 3, top: 3, side: 500 }, 100, 60)).toEqual({ left: 3, top: 0, side: 60 });
  expect(squareWithin({ left: 3.4, top: 3.6, side: 0 }, 100, 60)).toEqual({ left: 3, top: 4, side: 1 });
});

const photo = { width: 600, height: 400 };

test('letterbox: corners of the photo and of its picture answer to each other', () => {
  const viewport = { photo, on: letterbox(photo.width, photo.height, 300) };
  expect(viewport.on).toEqual({ left: 0, top: 50, width: 300, height: 200 });
  expect(toPhoto(viewport, { x: 0, y: 50 })).toEqual({ x: 0, y: 0 });
  expect(toPhoto(viewport, { x: 300, y: 250 })).toEqual({ x: 600, y: 400 });
  expect(fromPhoto(viewport, { x: 300, y: 200 })).toEqual({ x: 150, y: 150 });
  expect(rectangleToPhoto(viewport, { left: 30, top: 60, width: 20, height: 10 })).toEqual({
    left: 60,
    top: 20,
    width: 40,
    height: 20,
  });
  expect(photoPixels(viewport)).toBe(2);
});

test('a square viewport carries a map of the classifier back to the photo', () => {
  const viewport = squareViewport(photo, { left: 100, top: 50, side: 224 }, 7);
  expect(toPhoto(viewport, { x: 0, y: 0 })).toEqual({ x: 100, y: 50 });
  expect(toPhoto(viewport, { x: 7, y: 3.5 }).x).toBeCloseTo(324, 9);
  expect(fromPhoto(viewport, { x: 100, y: 162 }).y).toBeCloseTo(3.5, 9);
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
