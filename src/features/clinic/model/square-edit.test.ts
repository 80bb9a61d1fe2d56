import { describe, expect, it } from 'vitest';
import { distinctSquares } from '../../../core/geometry';
import { corners, grownSquare, movedSquare, pulledSquare } from './square-edit';

const photo = { width: 600, height: 400 };
const square = { left: 200, top: 100, side: 200 };

describe('a square under the user’s hand', () => {
  it('moves with it and stops at the edge of the photo', () => {
    expect(movedSquare(square, { x: 10.4, y: -20 }, photo)).toEqual({ left: 210, top: 80, side: 200 });
    expect(movedSquare(square, { x: -900, y: 900 }, photo)).toEqual({ left: 0, top: 200, side: 200 });
  });

  it('keeps the opposite corner when one is pulled', () => {
    expect(pulledSquare(square, 'se', { x: 450, y: 310 }, photo)).toEqual({ left: 200, top: 100, side: 250 });
    expect(pulledSquare(square, 'nw', { x: 150, y: 90 }, photo)).toEqual({ left: 150, top: 50, side: 250 });
  });

  it('stays inside the photo and never vanishes, whichever corner is pulled wherever', () => {
    for (const corner of corners) {
      for (const x of [-500, 0, 299, 600, 5000]) {
        for (const y of [-500, 0, 201, 400, 5000]) {
          const { left, top, side } = pulledSquare(square, corner, { x, y }, photo);
          expect(side).toBeGreaterThanOrEqual(32);
          expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
          expect(left + side).toBeLessThanOrEqual(photo.width);
          expect(top + side).toBeLessThanOrEqual(photo.height);
        }
      }
    }
  });

  it('grows around its middle up to the photo', () => {
    expect(grownSquare(square, 20, photo)).toEqual({ left: 190, top: 90, side: 220 });
    expect(grownSquare(square, 1e4, photo).side).toBe(400);
    expect(grownSquare(square, -1e4, photo).side).toBe(32);
  });
});

it('gives equal squares once', () => {
  expect(distinctSquares([square, { ...square }, { ...square, left: 0 }])).toHaveLength(2);
});
