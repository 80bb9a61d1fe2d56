import { expect, test } from 'vitest';
import { columnsIn, tileHeight } from './grid';
import { placeAfter } from './row-steps';

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 4, null],
  ['ArrowUp', 0, null],
  ['ArrowUp', 3, 2],
  ['ArrowRight', 2, null],
  ['Home', 3, 0],
  ['End', 0, 4],
  ['x', 0, null],
] as const)('in a list of five, %s from %i goes to %s', (key, at, to) => {
  expect(placeAfter(key, { at, columns: 1, count: 5 })).toBe(to);
});

test.each([
  ['ArrowDown', 0, 3],
  ['ArrowDown', 5, 7],
  ['ArrowDown', 7, null],
  ['ArrowRight', 2, 3],
  ['ArrowLeft', 3, 2],
  ['ArrowUp', 1, null],
] as const)('in a grid of eight and three columns, %s from %i goes to %s', (key, at, to) => {
  expect(placeAfter(key, { at, columns: 3, count: 8 })).toBe(to);
});

test('the tiles of a row and the gaps between them fill the width', () => {
  for (const width of [230, 260, 360, 517, 1040]) {
    expect(columnsIn(width)).toBeGreaterThanOrEqual(2);
    expect((tileHeight(width) - 56) * columnsIn(width)).toBeLessThanOrEqual(width);
  }
});
