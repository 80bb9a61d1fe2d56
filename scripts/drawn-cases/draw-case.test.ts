import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { diagnoses } from '../../src/core/teaching/case-list';
import { root } from '../command';
import { drawCase, drawnCases } from './drawn-cases';

const [width, height] = [160, 120];
const pictures = drawnCases.map((drawn) => ({ drawn, pixels: drawCase(drawn, width, height) }));

describe('the drawn cases', () => {
  it('have every diagnosis, each with a name of its own and what was drawn into it', () => {
    const entries = drawnCases.map(({ entry }) => entry);
    expect(new Set(entries.map(({ diagnosis }) => diagnosis))).toEqual(new Set(diagnoses));
    expect(new Set(entries.map(({ file }) => file)).size).toBe(entries.length);
    for (const { file, structures } of entries) expect(structures.length, file).toBeGreaterThan(0);
  });

  it.each(pictures)(
    '$drawn.entry.file is the same every time, opaque, and shows more than skin',
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

describe('the pictures that the program comes with', () => {
  const folder = join(root, 'public', 'drawn');

  it('are named by the list', () => {
    const list = JSON.parse(readFileSync(join(folder, 'list.json'), 'utf8'));
    expect(list).toEqual({ samples: drawnCases.map(({ entry }) => entry) });
  });

  it.each(pictures)('$drawn.entry.file is what is drawn', ({ drawn, pixels }) => {
    const picture = decode(readFileSync(join(folder, drawn.entry.file)));
    expect(picture).toMatchObject({ width: 640, height: 480 });
    // The drawing is smaller: one of its pixels stands for four by four, give or take hairs and fine noise: off by 0.6 to 0.9, and from another drawing by 6 or more.
    const wanted = blocks(pixels, width, 10);
    const off = blocks(picture.data, 640, 40).map((value, at) => Math.abs(value - (wanted[at] ?? 0)));
    expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(2);
  });
});

/** The mean of each channel in squares of `side` pixels, of a picture four thirds as wide as high. */
function blocks(pixels: ArrayLike<number>, width: number, side: number): number[] {
  const [columns, rows] = [width / side, (0.75 * width) / side];
  const sums = new Array<number>(3 * columns * rows).fill(0);
  for (let y = 0; y < rows * side; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 3; channel++) {
        const block = 3 * (Math.floor(y / side) * columns + Math.floor(x / side)) + channel;
        sums[block] = (sums[block] ?? 0) + (pixels[4 * (y * width + x) + channel] ?? 0) / side ** 2;
      }
  return sums;
}

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
