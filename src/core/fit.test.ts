import { expect, test } from 'vitest';
import { centreSquare, letterbox, squareWithin } from './fit';

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
