import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { box, disc, draw, ellipse } from '../../fixtures/shapes';
import type { Point } from '../../geometry';
import { labOf } from '../../image/lab';
import type { Pixels, Raster } from '../../raster';
import { colourAsymmetry, principalAxes, shapeAsymmetry } from './asymmetry';
import { colourVariegation, labImage } from './colour';
import { levelOf, limits, measures } from './levels';
import { diameterOf, morphology } from './morphology';

const size = 120;
type Rgb = [number, number, number];
const skin: Rgb = [220, 180, 160];

function paint(colourAt: (place: Point) => Rgb): Pixels {
  const data = new Uint8Array(size * size * 3);
  for (let i = 0; i < size * size; i++) {
    data.set(colourAt({ x: (i % size) + 0.5, y: Math.floor(i / size) + 0.5 }), 3 * i);
  }
  return { width: size, height: size, channels: 3, data };
}

const round = draw(size, size, disc(60, 60, 30));

test('CIELAB of white, black, mid grey and pure red', () => {
  expect(labOf(255, 255, 255).map((v) => Math.round(v * 10) / 10 + 0)).toEqual([100, 0, 0]);
  expect(labOf(0, 0, 0)).toEqual([0, 0, 0]);
  expect(labOf(119, 119, 119)[0]).toBeCloseTo(50.03, 1);
  const [l, a, b] = labOf(255, 0, 0);
  expect([l, a, b].map(Math.round)).toEqual([53, 80, 67]);
});

test('principal axes follow a turned ellipse', () => {
  const axes = principalAxes(draw(size, size, ellipse(60, 55, 40, 20, 0.5)));
  expect(axes?.centroid.x).toBeCloseTo(60, 0);
  expect(axes?.centroid.y).toBeCloseTo(55, 0);
  expect(Math.abs((axes?.major.x ?? 0) * Math.cos(0.5) + (axes?.major.y ?? 0) * Math.sin(0.5))).toBeCloseTo(
    1,
    3,
  );
});

test('shape asymmetry: none for an ellipse however turned, one axis for a half disc, both for an L', () => {
  for (const angle of [0, 0.5, 1.1]) {
    expect(shapeAsymmetry(draw(size, size, ellipse(60, 60, 45, 25, angle)))?.mean).toBeLessThan(0.03);
  }
  const half = shapeAsymmetry(draw(size, size, (p) => disc(60, 60, 45)(p) && p.y < 60));
  // Longest across; folded along its length the flat side meets the round one.
  expect(half?.minor).toBeLessThan(0.03);
  expect(half?.major).toBeGreaterThan(0.1);
  const l = shapeAsymmetry(draw(size, size, (p) => box(40, 60, 20, 80)(p) || box(65, 90, 70, 20)(p)));
  expect(Math.min(l?.major ?? 0, l?.minor ?? 0)).toBeGreaterThan(0.15);
  expect(shapeAsymmetry(draw(size, size, () => false))).toBeNull();
});

test('colour asymmetry: two halves of different colour, and how different they are', () => {
  const mask = draw(size, size, ellipse(60, 60, 40, 25, 0));
  const even = labImage(paint(() => [120, 80, 60]));
  expect(colourAsymmetry(mask, even)).toBe(0);
  const halves = labImage(paint(({ x }) => (x < 60 ? [120, 80, 60] : [60, 40, 40])));
  const [first, other] = [labOf(120, 80, 60), labOf(60, 40, 40)];
  const apart = Math.hypot(first[0] - other[0], first[1] - other[1], first[2] - other[2]);
  // Apart when folded across the length, alike when folded along it.
  expect(Math.abs((colourAsymmetry(mask, halves) ?? 0) - apart / 2)).toBeLessThan(0.5);
});

test('colours: those of the lesion alone, from 5 % on; white only where it is lighter than the skin', () => {
  const dots = (share: number): Pixels =>
    paint((p) => (!disc(60, 60, 30)(p) ? skin : p.y < 30 + 60 * share ? [0, 0, 0] : [153, 102, 0]));
  expect(colourVariegation(round, labImage(dots(0.5)))?.present).toEqual(['light-brown', 'black']);
  expect(colourVariegation(round, labImage(dots(0.06)))?.present).toEqual(['light-brown']);
  const pale = (around: Rgb) => labImage(paint((p) => (disc(60, 60, 30)(p) ? [235, 225, 220] : around)));
  expect(colourVariegation(round, pale([200, 160, 140]))?.present).toEqual(['white']);
  expect(colourVariegation(round, pale([250, 245, 245]))?.present).not.toContain('white');
  const shares = Object.values(colourVariegation(round, labImage(dots(0.3)))?.shares ?? {});
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
});

test('spread is 0 for one colour and the distance from the mean for two equal parts', () => {
  const mask = draw(size, size, box(60, 60, 60, 60));
  expect(colourVariegation(mask, labImage(paint(() => [90, 60, 50])))?.spread).toBeCloseTo(0, 9);
  const two = labImage(paint(({ x }) => (x < 60 ? [0, 0, 0] : [255, 255, 255])));
  expect(colourVariegation(mask, two)?.spread).toBeCloseTo(50, 0);
});

test('the whole: diameter and area in photo pixels and millimetres, every measurement within its range', () => {
  const pixels = paint((p) => (disc(60, 60, 30)(p) ? [110, 70, 50] : skin));
  const result = morphology({ mask: round, pixels, photoPixels: 4, millimetresPerPixel: 0.02 });
  expect(Math.abs((result?.diameter.pixels ?? 0) - 240)).toBeLessThan(4);
  expect(Math.abs((result?.diameter.millimetres ?? 0) - 4.8)).toBeLessThan(0.1);
  expect(result?.diameter.key).toBe('morphology.diameter.under-6-mm');
  expect(Math.abs((result?.area ?? 0) / (Math.PI * 120 ** 2) - 1)).toBeLessThan(0.01);
  expect(result?.cutOff).toBe(false);
  expect(result?.measurements.map(({ measure }) => measure)).toEqual([...measures]);
  for (const { value, range, key, measure, level } of result?.measurements ?? []) {
    expect(value).toBeGreaterThanOrEqual(range[0]);
    expect(value).toBeLessThanOrEqual(range[1] ?? Infinity);
    expect(level).toBe('usual');
    expect(key).toBe(`morphology.${measure}.usual`);
  }
});

test('what cannot be measured is said: cut off, no scale, nothing there, sizes that differ', () => {
  const pixels = paint(() => skin);
  const cut = draw(size, size, disc(0, 60, 30));
  const result = morphology({ mask: cut, pixels, photoPixels: 1 });
  expect(result?.cutOff).toBe(true);
  expect(result?.diameter).toMatchObject({ millimetres: null, key: 'morphology.diameter.no-scale' });
  expect(morphology({ mask: draw(size, size, () => false), pixels, photoPixels: 1 })).toBeNull();
  const other: Raster = draw(10, 10, () => true);
  expect(() => morphology({ mask: other, pixels, photoPixels: 1 })).toThrow(RangeError);
});

test('6 mm itself counts as 6 mm or more', () => {
  expect(diameterOf(600, 0.01).key).toBe('morphology.diameter.6-mm-or-more');
  expect(diameterOf(599, 0.01).key).toBe('morphology.diameter.under-6-mm');
});

test('the limits are the measured 75 % and 95 % of moles', () => {
  const file = new URL('../../../../training/results/morphology.json', import.meta.url);
  const measured: Record<string, { moles: number[] }> = JSON.parse(readFileSync(file, 'utf8')).measures;
  for (const measure of measures) expect(measured[measure]?.moles.slice(2)).toEqual(limits[measure]);
});

test('levels begin above their limits', () => {
  for (const measure of measures) {
    const [raised, marked] = limits[measure];
    expect(raised).toBeLessThan(marked);
    expect([raised, marked, marked + 0.01].map((value) => levelOf(measure, value))).toEqual([
      'usual',
      'raised',
      'marked',
    ]);
  }
});
