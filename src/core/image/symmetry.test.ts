import { expect, test } from 'vitest';
import { meanMap, sourceCells, symmetries, underSymmetries } from './symmetry';

test('the eight pictures of a 2 x 2', () => {
  // a b
  // c d
  const seen = symmetries.map((symmetry) =>
    Array.from(sourceCells(symmetry, 2), (cell) => 'abcd'[cell]).join(''),
  );
  expect(seen).toEqual(['abcd', 'cadb', 'dcba', 'bdac', 'badc', 'dbca', 'cdab', 'acbd']);
});

test('each is a permutation, and no two are the same', () => {
  const maps = symmetries.map((symmetry) => Array.from(sourceCells(symmetry, 5)));
  for (const map of maps) expect([...map].sort((a, b) => a - b)).toEqual([...Array(25).keys()]);
  expect(new Set(maps.map(String)).size).toBe(8);
});

test('maps come back to their place: the mean of a batch of the picture itself is the picture', () => {
  const picture = Float32Array.from({ length: 7 * 7 * 3 }, (_, i) => (i * 37) % 64);
  const batch = underSymmetries(picture, 7, 3);
  expect(batch).toHaveLength(8 * 147);
  expect(batch.subarray(0, 147)).toEqual(picture);
  expect(Array.from(meanMap(batch, 7, 3))).toEqual(Array.from(picture));
});

test('a spot that a network sees in one view only counts an eighth, at its own place', () => {
  const batch = new Float32Array(8 * 9);
  // A quarter turn clockwise carries the top left corner to the top right one.
  batch[9 + 2] = 8;
  expect(symmetries[1]).toEqual({ mirrored: false, turns: 1 });
  expect(Array.from(meanMap(batch, 3, 1))).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
});
