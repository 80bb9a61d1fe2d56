import { expect, test } from 'vitest';
import { sourceCells, symmetries, underSymmetries } from './symmetry';

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

test('a batch holds the picture under each symmetry, the picture itself first', () => {
  const picture = Float32Array.from({ length: 7 * 7 * 3 }, (_, i) => (i * 37) % 64);
  const batch = underSymmetries(picture, 7, 3);
  expect(batch).toHaveLength(8 * 147);
  expect(batch.subarray(0, 147)).toEqual(picture);
  const view = (index: number) => batch.subarray(index * 147, (index + 1) * 147);
  symmetries.forEach((symmetry, index) => {
    const cells = Array.from(sourceCells(symmetry, 7));
    const expected = cells.flatMap((cell) => [...picture.subarray(cell * 3, cell * 3 + 3)]);
    expect([...view(index)], JSON.stringify(symmetry)).toEqual(expected);
  });
});
