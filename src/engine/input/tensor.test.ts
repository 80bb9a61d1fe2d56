import { expect, test } from 'vitest';
import type { NetworkCard } from '../../core/card/card';
import { toNetworkInput } from './tensor';

const input: NetworkCard['input'] = {
  name: 'image',
  height: 4,
  width: 4,
  channels: 3,
  fit: 'centre-square',
  mean: [0.5, 0.25, 0],
  std: [0.5, 0.25, 1],
};

/** Red to the left of `edge`, blue to the right of it. */
function photo(width: number, height: number, edge: number) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    data.set(at % width < edge ? [255, 0, 0, 255] : [0, 0, 255, 255], at * 4);
  }
  return { width, height, channels: 4 as const, data };
}

test('centre square: pixels outside take no part; (value / 255 - mean) / std', () => {
  const { values, square } = toNetworkInput(photo(8, 4, 2), input);
  expect(square).toEqual({ left: 2, top: 0, side: 4 });
  expect(values.shape).toEqual([1, 4, 4, 3]);
  // All blue: red 0, green 0, blue 255.
  expect([...values.data]).toEqual(Array.from({ length: 16 }, () => [-1, -1, 1]).flat());
});

test('a square asked for', () => {
  const { values, square } = toNetworkInput(photo(8, 4, 2), input, { left: 0, top: 0, side: 2 });
  expect(square).toEqual({ left: 0, top: 0, side: 2 });
  expect([...values.data.slice(0, 3)]).toEqual([1, -1, 0]);
});

test('letterbox: the whole photo on black, and a square that stands out over it', () => {
  const { values, square } = toNetworkInput(photo(8, 4, 8), { ...input, fit: 'letterbox' });
  expect(square).toEqual({ left: 0, top: -2, side: 8 });
  const red = Array.from({ length: 16 }, (_, at) => values.data[at * 3]);
  expect(red).toEqual([-1, -1, -1, -1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1]);
});
