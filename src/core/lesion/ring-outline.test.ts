import { describe, expect, it } from 'vitest';
import { toPhoto } from '../geometry';
import type { Pixels } from '../raster';
import { areaOf, centroidOf } from './mask';
import { firstRing, outlineInRing } from './ring-outline';

const size = { width: 320, height: 240 };

/** Skin under light that falls off to the right by a share, with spots on it: x, y, half axes, darkness 0 to 1. */
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
      const spot = spots.find((one) => ((x - one.x) / one.a) ** 2 + ((y - one.y) / one.b) ** 2 <= 1);
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

describe('the edge inside a ring', () => {
  it('is the edge of the spot, though the light falls off', () => {
    const found = outlineInRing(skin([spot]), { x: 165, y: 126, radius: 48 });
    if (!found) throw new Error('none found');
    const centre = centroidOf(found.mask);
    const { x, y } = toPhoto(found.frame, centre ?? { x: 0, y: 0 });
    expect(Math.hypot(x - spot.x, y - spot.y)).toBeLessThan(2);
    const scale = size.width / found.frame.on.width;
    const share = (areaOf(found.mask) * scale ** 2) / (Math.PI * spot.a * spot.b);
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(1.1);
  });

  it('is that of the spot in the ring, not of a darker one beside it', () => {
    const beside = { x: 255, y: 60, a: 20, b: 20, dark: 0.8 };
    const found = outlineInRing(skin([spot, beside]), { x: 170, y: 130, radius: 48 });
    const { x } = toPhoto(
      found?.frame as NonNullable<typeof found>['frame'],
      centroidOf(found?.mask as NonNullable<typeof found>['mask']) ?? { x: 0, y: 0 },
    );
    expect(Math.abs(x - spot.x)).toBeLessThan(3);
  });

  it.each([
    ['plain skin', [], { x: 160, y: 120, radius: 48 }],
    ['a spot that fills the ring', [{ ...spot, a: 80, b: 80 }], { x: 170, y: 130, radius: 40 }],
    ['a spot that the ring cuts in two', [{ ...spot, a: 60, b: 20 }], { x: 230, y: 130, radius: 40 }],
    ['a ring that is hardly on the photo', [spot], { x: 0, y: 0, radius: 4 }],
  ] as const)('is not claimed: %s', (_, spots, ring) => {
    expect(outlineInRing(skin(spots), ring)).toBeNull();
  });
});

describe('the ring to begin with', () => {
  it('lies around the spot', () => {
    const ring = firstRing(skin([{ ...spot, x: 190, y: 100 }]));
    expect(Math.hypot(ring.x - 190, ring.y - 100)).toBeLessThan(10);
    expect(ring.radius).toBeGreaterThan(34);
    expect(ring.radius).toBeLessThan(60);
  });

  it('lies in the middle where none is seen', () => {
    expect(firstRing(skin([], 0.02))).toMatchObject({ x: 160, y: 120 });
  });
});
