import { expect, test } from 'vitest';
import { scaleBar } from './scale-bar';

test.each([
  [600, 0.05, 10, 200],
  [599, 0.05, 5, 100],
  [600, 0.01, 2, 200],
  [4000, 0.005, 5, 1000],
])('on %d pixels at %f mm a pixel: %f mm', (width, scale, millimetres, pixels) => {
  const bar = scaleBar(width, scale);
  expect(bar?.millimetres).toBe(millimetres);
  expect(bar?.pixels).toBeCloseTo(pixels);
});

test('without a scale, or where nothing round fits, there is none', () => {
  expect(scaleBar(600, null)).toBeNull();
  expect(scaleBar(600, 0.0001)).toBeNull();
});
