import { describe, expect, it } from 'vitest';
import { samplePixels } from './sample';

describe('samplePixels', () => {
  it('draws the same picture for the same seed, and another one for another', () => {
    expect(samplePixels(1, 64, 48)).toEqual(samplePixels(1, 64, 48));
    expect(samplePixels(1, 64, 48)).not.toEqual(samplePixels(2, 64, 48));
  });

  it('puts a dark spot in the middle of lighter skin, all opaque', () => {
    const pixels = samplePixels(20, 200, 150);
    const level = (x: number, y: number) => pixels[4 * (y * 200 + x)] ?? 0;
    expect(level(100, 75)).toBeLessThan(160);
    for (const [x, y] of [
      [5, 5],
      [195, 5],
      [5, 145],
      [195, 145],
    ] as const)
      expect(level(x, y)).toBeGreaterThan(165);
    expect(pixels.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
  });
});
