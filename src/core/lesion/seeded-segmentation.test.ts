import { describe, expect, it } from 'vitest';
import { toPhoto } from '../geometry';
import type { Pixels } from '../raster';
import { areaOf, centroidOf } from './mask';
import { initialRoi, segmentInRoi } from './seeded-segmentation';

const size = { width: 320, height: 240 };

/**
 * Skin under light that falls off to the right by a share, with spots on it: x, y, half axes, darkness 0 to
 * 1.
 */
function skin(
  spots: readonly { x: number; y: number; a: number; b: number; dark: number }[],
  fall = 0.35,
): Pixels {
  const { width, height } = size;
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = 1 - (fall * x) / width;
      const grain = ((x * 7919 + y * 104729) % 13) - 6;
      const spot = spots.find((spot) => ((x - spot.x) / spot.a) ** 2 + ((y - spot.y) / spot.b) ** 2 <= 1);
      const left = 1 - (spot?.dark ?? 0);
      data.set(
        [214, 168, 146].map((value) => Math.max(0, Math.min(255, value * light * left + grain))),
        3 * (y * width + x),
      );
    }
  }
  return { ...size, channels: 3, data };
}

const spot = { x: 170, y: 130, a: 34, b: 22, dark: 0.45 };

describe('the edge inside a circle', () => {
  it('is the edge of the lesion, though the light falls off', () => {
    const found = segmentInRoi(skin([spot]), { x: 165, y: 126, radius: 48 });
    if (!found) throw new Error('none found');
    const centre = centroidOf(found.mask);
    const { x, y } = toPhoto(found.viewport, centre ?? { x: 0, y: 0 });
    expect(Math.hypot(x - spot.x, y - spot.y)).toBeLessThan(2);
    const scale = size.width / found.viewport.on.width;
    const share = (areaOf(found.mask) * scale ** 2) / (Math.PI * spot.a * spot.b);
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(1.1);
  });

  it('is that of the lesion in the circle, not of a darker one beside it', () => {
    const beside = { x: 255, y: 60, a: 20, b: 20, dark: 0.8 };
    const found = segmentInRoi(skin([spot, beside]), { x: 170, y: 130, radius: 48 });
    const { x } = toPhoto(
      found?.viewport as NonNullable<typeof found>['viewport'],
      centroidOf(found?.mask as NonNullable<typeof found>['mask']) ?? { x: 0, y: 0 },
    );
    expect(Math.abs(x - spot.x)).toBeLessThan(3);
  });

  it.each([
    ['plain skin', [], { x: 160, y: 120, radius: 48 }],
    ['a lesion that fills the circle', [{ ...spot, a: 80, b: 80 }], { x: 170, y: 130, radius: 40 }],
    ['a lesion that the circle cuts in two', [{ ...spot, a: 60, b: 20 }], { x: 230, y: 130, radius: 40 }],
    ['a circle that is hardly on the photo', [spot], { x: 0, y: 0, radius: 4 }],
  ] as const)('is not claimed: %s', (_, spots, circle) => {
    expect(segmentInRoi(skin(spots), circle)).toBeNull();
  });
});

describe('the circle to begin with', () => {
  it('lies around the lesion', () => {
    const circle = initialRoi(skin([{ ...spot, x: 190, y: 100 }]));
    expect(Math.hypot(circle.x - 190, circle.y - 100)).toBeLessThan(10);
    expect(circle.radius).toBeGreaterThan(34);
    expect(circle.radius).toBeLessThan(60);
  });

  it('lies in the middle where none is seen', () => {
    expect(initialRoi(skin([], 0.02))).toMatchObject({ x: 160, y: 120 });
  });
});
