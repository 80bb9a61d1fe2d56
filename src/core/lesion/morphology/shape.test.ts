import { describe, expect, test } from 'vitest';
import { box, disc, draw, ellipse } from '../../fixtures/shapes';
import { perimeter, signedArea } from '../outline';
import { borderIrregularity } from './border';
import { convexHull, largestDistance, measuredOutline } from './shape';

const outlineOf = (inside: Parameters<typeof draw>[2]) => measuredOutline(draw(160, 160, inside)) ?? [];

describe('the measured outline has no pixel-count bias', () => {
  test.each([10, 15, 25.5, 40, 70])('disc of radius %d', (radius) => {
    const outline = outlineOf(disc(80.3, 79.6, radius));
    expect(Math.abs(perimeter(outline) / (2 * Math.PI * radius) - 1)).toBeLessThan(0.015);
    expect(Math.abs(signedArea(outline) / (Math.PI * radius ** 2) - 1)).toBeLessThan(0.03);
  });

  test.each([0, 10, 27, 45])('square turned by %d degrees: as long as the upright one', (degrees) => {
    const outline = outlineOf(box(80, 80, 80, 80, (degrees * Math.PI) / 180));
    // The corners are rounded by the smoothing, so a little under 320.
    expect(perimeter(outline) / 320).toBeGreaterThan(0.97);
    expect(perimeter(outline) / 320).toBeLessThan(1.005);
  });
});

test('a lesion at the edge of the photo keeps its outline; specks and nothing have none', () => {
  const half = measuredOutline(draw(100, 100, disc(0, 50, 30)));
  expect(Math.abs(signedArea(half ?? []) / ((Math.PI * 900) / 2) - 1)).toBeLessThan(0.03);
  expect(measuredOutline(draw(20, 20, box(10, 10, 1, 1)))).toBeNull();
  expect(measuredOutline(draw(20, 20, () => false))).toBeNull();
});

test('convex hull and largest distance', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 4, y: 0 },
    { x: 2, y: 1 },
    { x: 4, y: 3 },
    { x: 0, y: 3 },
    { x: 2, y: 0 },
  ];
  expect(convexHull(points)).toHaveLength(4);
  expect(Math.abs(signedArea(convexHull(points)))).toBe(12);
  expect(largestDistance(points)).toBe(5);
  expect(largestDistance([{ x: 1, y: 1 }])).toBe(0);
  for (const angle of [0, 0.4, 1.2]) {
    expect(Math.abs(largestDistance(outlineOf(ellipse(80, 80, 60, 30, angle))) - 120)).toBeLessThan(1.5);
  }
});

test('border: a disc is 1 and convex, a cross is long and notched', () => {
  const round = borderIrregularity(outlineOf(disc(80, 80, 50)));
  expect(round?.compactness).toBeGreaterThanOrEqual(1);
  expect(round?.compactness).toBeLessThan(1.02);
  expect(round?.concavity).toBeLessThan(0.01);
  const cross = borderIrregularity(
    outlineOf((place) => box(80, 80, 120, 40)(place) || box(80, 80, 40, 120)(place)),
  );
  // P = 12 x 40, A = 5 x 40^2; the hull adds four triangles of half a square.
  expect(Math.abs((cross?.compactness ?? 0) - 144 / (20 * Math.PI))).toBeLessThan(0.15);
  expect(cross?.concavity).toBeCloseTo(1 - 5 / 7, 1);
  expect(borderIrregularity([])).toBeNull();
});

test('a long ellipse raises compactness, not concavity', () => {
  const long = borderIrregularity(outlineOf(ellipse(80, 80, 70, 20, 0.3)));
  expect(long?.compactness).toBeGreaterThan(1.5);
  expect(long?.concavity).toBeLessThan(0.01);
});
