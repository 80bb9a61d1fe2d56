import { describe, expect, it } from 'vitest';
import { paintMap, viridisColour } from './colour-map';

const pixel = (picture: Uint8ClampedArray, size: number, x: number, y: number) =>
  [...picture.subarray(4 * (y * size + x), 4 * (y * size + x) + 3)] as [number, number, number];

/** Relative luminance of sRGB (WCAG 2). */
function luminance([r, g, b]: [number, number, number]): number {
  const linear = (level: number) =>
    level / 255 <= 0.040_45 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

describe('viridisColour', () => {
  it('runs from dark violet to yellow and takes values beyond as the ends', () => {
    expect(viridisColour(0)).toEqual([68, 1, 84]);
    expect(viridisColour(1)).toEqual([253, 231, 37]);
    expect(viridisColour(-3)).toEqual(viridisColour(0));
    expect(viridisColour(7)).toEqual(viridisColour(1));
  });

  it('gets lighter all the way, so that it reads without colour', () => {
    const lights = Array.from({ length: 101 }, (_, i) => luminance(viridisColour(i / 100)));
    for (let i = 1; i < lights.length; i++) expect(lights[i]).toBeGreaterThanOrEqual(lights[i - 1] ?? 1);
  });
});

describe('paintMap', () => {
  it('puts the strongest cell where it is', () => {
    const values = [0, 0, 0, 0, 0, 0, 0, 4, 0];
    const picture = paintMap(values, 3, 3, 9);
    expect(pixel(picture, 9, 4, 7)).toEqual(viridisColour(1));
    expect(pixel(picture, 9, 4, 1)).toEqual(viridisColour(0));
  });

  it('interpolates between the centres of cells', () => {
    const picture = paintMap([0, 1], 2, 1, 4);
    expect(pixel(picture, 4, 0, 0)).toEqual(viridisColour(0));
    expect(pixel(picture, 4, 1, 2)).toEqual(viridisColour(0.25));
    expect(pixel(picture, 4, 3, 3)).toEqual(viridisColour(1));
  });

  it('shows evidence against a class as none, not as some', () => {
    const picture = paintMap([-2, -1, -3, -5], 2, 2, 4);
    for (let i = 0; i < 16; i++)
      expect(pixel(picture, 4, i % 4, Math.floor(i / 4))).toEqual(viridisColour(0));
  });
});
