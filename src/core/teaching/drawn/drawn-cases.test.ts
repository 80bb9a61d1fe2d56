import { describe, expect, it } from 'vitest';
import { diagnoses } from '../case-list';
import { drawCase, drawnCases } from './drawn-cases';

const [width, height] = [160, 120];

describe('the drawn cases', () => {
  it('have every diagnosis, each with a name of its own and what was drawn into it', () => {
    expect(new Set(drawnCases.map(({ diagnosis }) => diagnosis))).toEqual(new Set(diagnoses));
    expect(new Set(drawnCases.map(({ id }) => id)).size).toBe(drawnCases.length);
    for (const { id, structures } of drawnCases) expect(structures.length, id).toBeGreaterThan(0);
  });

  it.each(drawnCases)('$id is the same every time, opaque, and differs from its surroundings', (drawn) => {
    const pixels = drawCase(drawn, width, height);
    expect(drawCase(drawn, width, height)).toEqual(pixels);
    expect(pixels.filter((_, at) => at % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
    // Green is what both blood and melanin take away.
    expect(meanGreen(pixels, 0.4, 0.6)).toBeLessThan(meanGreen(pixels, 0, 0.12) - 10);
  });

  it('are all different', () => {
    const pictures = drawnCases.map((drawn) => drawCase(drawn, width, height).join());
    expect(new Set(pictures).size).toBe(drawnCases.length);
  });
});

/** Mean of the green channel over the columns and rows from a share of the picture to another. */
function meanGreen(pixels: Uint8ClampedArray, from: number, to: number): number {
  const values: number[] = [];
  for (let y = Math.floor(from * height); y < to * height; y++)
    for (let x = Math.floor(from * width); x < to * width; x++)
      values.push(pixels[4 * (y * width + x) + 1] ?? 0);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
