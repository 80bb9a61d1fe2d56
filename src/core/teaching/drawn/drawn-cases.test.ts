import { describe, expect, it } from 'vitest';
import { diagnoses } from '../case-list';
import { drawCase, drawnCases } from './drawn-cases';

const [width, height] = [160, 120];
const pictures = drawnCases.map((drawn) => ({ drawn, pixels: drawCase(drawn, width, height) }));

describe('the drawn cases', () => {
  it('have every diagnosis, each with a name of its own and what was drawn into it', () => {
    expect(new Set(drawnCases.map(({ diagnosis }) => diagnosis))).toEqual(new Set(diagnoses));
    expect(new Set(drawnCases.map(({ id }) => id)).size).toBe(drawnCases.length);
    for (const { id, structures } of drawnCases) expect(structures.length, id).toBeGreaterThan(0);
  });

  it.each(pictures)(
    '$drawn.id is the same every time, opaque, and shows more than skin',
    ({ drawn, pixels }) => {
      expect(drawCase(drawn, width, height)).toEqual(pixels);
      expect(pixels.filter((_, at) => at % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
      // A hair may cross a corner, not all four.
      const corners = [0, 0.9].flatMap((x) => [0, 0.9].map((y) => spread(pixels, x, y, 0.1)));
      expect(spread(pixels, 0.35, 0.35, 0.3)).toBeGreaterThan(2 * Math.min(...corners));
    },
  );

  it('are all different', () => {
    expect(new Set(pictures.map(({ pixels }) => pixels.join())).size).toBe(drawnCases.length);
  });
});

/**
 * Standard deviation of green, which blood and melanin take away, in a part of the picture: shares of its width and
 * height.
 */
function spread(pixels: Uint8ClampedArray, left: number, top: number, side: number): number {
  const values: number[] = [];
  for (let y = Math.floor(top * height); y < Math.floor((top + side) * height); y++)
    for (let x = Math.floor(left * width); x < Math.floor((left + side) * width); x++)
      values.push(pixels[4 * (y * width + x) + 1] ?? 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
