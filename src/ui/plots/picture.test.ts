import { expect, test } from 'vitest';
import { plainColour } from './picture';

test.each([
  ['color(srgb 0 0.5 1)', 'rgb(0, 128, 255)'],
  ['color(srgb 0.0431373 0.458824 1e-7 / 0.5)', 'rgba(11, 117, 0, 0.5)'],
  ['rgb(1, 2, 3)', 'rgb(1, 2, 3)'],
  ['12px', '12px'],
])('%s is written as %s', (computed, written) => {
  expect(plainColour(computed)).toBe(written);
});
