import { expect, test } from 'vitest';
import { lutIndex, overlay, viridis } from './colour-map';

test('viridis goes from dark violet over teal to yellow, ever lighter', () => {
  const colour = (place: number) => Array.from(viridis.subarray(3 * place, 3 * place + 3));
  expect([colour(0), colour(128), colour(255)]).toEqual([
    [68, 1, 84],
    [33, 145, 140],
    [253, 231, 37],
  ]);
  const luminance = Array.from({ length: 256 }, (_, place) => {
    const [red = 0, green = 0, blue = 0] = colour(place);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  for (let i = 8; i < 256; i += 8) expect(luminance[i]).toBeGreaterThan(luminance[i - 8] ?? 0);
});

test('values beyond 0 to 1 take the nearer end', () => {
  expect([-1, 0, 0.5, 1, 7, Number.NaN].map(lutIndex)).toEqual([0, 0, 128, 255, 255, 0]);
});

test('the picture shows through by opacity; faded where the map is low; alpha stays', () => {
  const picture = Uint8ClampedArray.from([100, 100, 100, 255, 100, 100, 100, 128]);
  const size = { width: 2, height: 1 };
  expect(Array.from(overlay(picture, [0, 1], size, { opacity: 1 }))).toEqual([
    100, 100, 100, 255, 253, 231, 37, 128,
  ]);
  expect(Array.from(overlay(picture, [0, 1], size, { opacity: 0 }))).toEqual(Array.from(picture));
  // Half of 100 and half of viridis' first colour; bytes round halves to even.
  const half = overlay(picture, [0, 1], size, { opacity: 0.5, fade: false });
  expect(Array.from(half.subarray(0, 4))).toEqual([84, 50, 92, 255]);
  expect(picture[0]).toBe(100);
});

test('a map of another size is an error', () => {
  expect(() => overlay(new Uint8ClampedArray(16), [0, 0], { width: 2, height: 2 })).toThrow(RangeError);
});
