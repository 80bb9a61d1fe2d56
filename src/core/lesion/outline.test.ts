import { expect, test } from 'vitest';
import { box, disc, draw } from '../fixtures/shapes';
import { contours, perimeter, signedArea } from './outline';

test('one pixel has a diamond around its middle', () => {
  const [diamond, ...rest] = contours(draw(3, 3, box(1.5, 1.5, 1, 1)));
  expect(rest).toEqual([]);
  expect(new Set(diamond?.map(({ x, y }) => `${x} ${y}`))).toEqual(
    new Set(['1 1.5', '1.5 1', '2 1.5', '1.5 2']),
  );
  expect(signedArea(diamond ?? [])).toBeCloseTo(0.5, 9);
});

test('a lesion that fills the raster has a closed outline at its edge', () => {
  const [outline, ...rest] = contours(draw(8, 6, () => true));
  expect(rest).toEqual([]);
  // Only the four corners are cut, by 1/8 pixel each.
  expect(signedArea(outline ?? [])).toBeCloseTo(48 - 0.5, 9);
});

test('a ring has an outline and, walked the other way, a hole', () => {
  const ring = draw(40, 40, (place) => disc(20, 20, 15)(place) && !disc(20, 20, 6)(place));
  const areas = contours(ring)
    .map(signedArea)
    .sort((a, b) => a - b);
  expect(areas).toHaveLength(2);
  expect(areas[0]).toBeLessThan(0);
  expect(Math.abs((areas[0] ?? 0) + Math.PI * 36)).toBeLessThan(6);
  expect(Math.abs((areas[1] ?? 0) - Math.PI * 225)).toBeLessThan(12);
});

test('pixels that touch by a corner stay apart, whichever the diagonal', () => {
  const down = draw(4, 4, ({ x, y }) => (x < 2 && y < 2) || (x > 2 && y > 2));
  const up = draw(4, 4, ({ x, y }) => (x > 2 && y < 2) || (x < 2 && y > 2));
  for (const mask of [down, up]) {
    const outlines = contours(mask);
    expect(outlines.map((outline) => signedArea(outline))).toEqual([3.5, 3.5]);
  }
});

test('probabilities: the line lies where the value is the level', () => {
  // A cone: 1 at the middle, falling by 1/20 a pixel; the level 0.25 is the circle of radius 15.
  const data = Float32Array.from({ length: 1600 }, (_, i) => {
    return Math.max(0, 1 - Math.hypot((i % 40) + 0.5 - 20, Math.floor(i / 40) + 0.5 - 20) / 20);
  });
  const [outline] = contours({ width: 40, height: 40, data }, 0.25);
  for (const { x, y } of outline ?? []) expect(Math.hypot(x - 20, y - 20)).toBeCloseTo(15, 1);
  expect(perimeter(outline ?? [])).toBeCloseTo(2 * Math.PI * 15, 0);
});
