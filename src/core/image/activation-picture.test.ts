import { expect, it } from 'vitest';
import { paintMap } from './activation-picture';
import { viridis } from './colour-map';

const pixel = (picture: Uint8ClampedArray, size: number, x: number, y: number) => [
  ...picture.subarray(4 * (y * size + x), 4 * (y * size + x) + 4),
];
/** The colour and the opacity of a place in the table. */
const at = (place: number) => [...viridis.subarray(3 * place, 3 * place + 3), place];

it('puts the strongest cell where it is', () => {
  const picture = paintMap([0, 0, 0, 0, 0, 0, 0, 4, 0], 3, 3, 9);
  expect(pixel(picture, 9, 4, 7)).toEqual(at(255));
  expect(pixel(picture, 9, 4, 1)).toEqual(at(0));
});

it('interpolates between the centres of cells', () => {
  const picture = paintMap([0, 1], 2, 1, 4);
  expect(pixel(picture, 4, 0, 0)).toEqual(at(0));
  expect(pixel(picture, 4, 1, 2)).toEqual(at(64));
  expect(pixel(picture, 4, 3, 3)).toEqual(at(255));
});

it('shows evidence against a class as none, not as some', () => {
  const picture = paintMap([-2, -1, -3, -5], 2, 2, 4);
  for (let i = 0; i < 16; i++) expect(pixel(picture, 4, i % 4, Math.floor(i / 4))).toEqual(at(0));
});
