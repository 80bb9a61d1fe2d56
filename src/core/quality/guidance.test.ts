import { describe, expect, test } from 'vitest';
import type { Pixels } from '../raster';
import {
  advanceTimer,
  completeAfter,
  guide,
  lesionLimits,
  locateLesion,
  type StableFrameTimer,
  timerProgress,
} from './guidance';

/** Skin of a tone with pores, and a darker round spot: its centre and radius in shares of the side. */
function skin(
  tone: readonly [number, number, number],
  spot: { x: number; y: number; radius: number } | null,
  light: (x: number, y: number) => number = () => 1,
) {
  const side = 300;
  const data = new Uint8Array(3 * side * side);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    const inside = spot && Math.hypot(x / side - spot.x, y / side - spot.y) < spot.radius;
    const lit = light(x / side, y / side);
    const scale = (inside ? 0.55 : 1) * lit * (1 + 0.12 * Math.sin(x * 2.1) * Math.cos(y * 1.7));
    data.set(
      tone.map((value) => Math.min(255, value * scale)),
      3 * i,
    );
  }
  return { width: side, height: side, channels: 3, data } satisfies Pixels;
}

const tones = [
  [215, 175, 150],
  [160, 126, 86],
  [96, 65, 52],
] as const;

describe('the spot is found where it is, on light and on dark skin', () => {
  test.each(tones)('tone %i %i %i', (...tone) => {
    for (const spot of [
      { x: 0.5, y: 0.5, radius: 0.12 },
      { x: 0.7, y: 0.4, radius: 0.15 },
    ]) {
      const found = locateLesion(skin(tone, spot));
      expect(found?.x).toBeCloseTo(spot.x, 1);
      expect(found?.y).toBeCloseTo(spot.y, 1);
      expect(found?.extent).toBeCloseTo(2 * spot.radius, 1);
    }
  });

  test('plain skin has none', () => expect(locateLesion(skin(tones[0], null))).toBeNull());
});

describe('the slow change of light is no spot, and hides none', () => {
  const bell = (x: number, y: number, width: number) =>
    Math.exp(-((x - 0.5) ** 2 + (y - 0.5) ** 2) / (2 * width ** 2));
  test.each([
    ['a lit middle', (x: number, y: number) => 0.55 + 0.5 * bell(x, y, 0.25)],
    ['a wide lit middle', (x: number, y: number) => 0.5 + 0.55 * bell(x, y, 0.35)],
    ['a shadow in the middle', (x: number, y: number) => 1 - 0.4 * bell(x, y, 0.25)],
    ['light from one side', (x: number) => 0.5 + 0.55 * x],
    ['light from a corner', (x: number, y: number) => 0.4 + 0.35 * x + 0.3 * y],
  ])('%s', (_, light) => {
    for (const tone of tones) {
      expect(guide(skin(tone, null, light), 'phone', 1000).lesion).toBeNull();
      for (const spot of [
        { x: 0.5, y: 0.5, radius: 0.12 },
        { x: 0.6, y: 0.45, radius: 0.15 },
      ]) {
        const found = locateLesion(skin(tone, spot, light));
        expect(found?.x).toBeCloseTo(spot.x, 1);
        expect(found?.y).toBeCloseTo(spot.y, 1);
        expect(found?.extent).toBeCloseTo(2 * spot.radius, 1);
      }
    }
  });
});

describe('what the guidance says', () => {
  const centred = { x: 0.5, y: 0.5, radius: 0.15 };
  test.each([
    [null, skin(tones[0], centred), 1000],
    ['size', skin(tones[0], centred), 100],
    ['lesion-off-centre', skin(tones[0], { x: 0.82, y: 0.5, radius: 0.12 }), 1000],
    ['lesion-small', skin(tones[0], { ...centred, radius: lesionLimits.small / 2 - 0.02 }), 1000],
  ] as const)('%s', (hint, frame, shortSide) => {
    expect(guide(frame, 'phone', shortSide).hint).toBe(hint);
  });

  test('a face with acne has no one spot to aim at', () => {
    expect(guide(skin(tones[0], null), 'acne', 1000).hint).not.toMatch(/^spot/);
  });
});

describe('the ring', () => {
  const timerAfter = (frames: [good: boolean, at: number][]) =>
    frames.reduce<StableFrameTimer | null>(
      (ring, [good, at]) => advanceTimer(ring, good, at),
      null,
    ) as StableFrameTimer;

  test('closes after good frames without a break', () => {
    const frames = Array.from({ length: 12 }, (_, i): [boolean, number] => [true, 100 * i]);
    expect(timerProgress(timerAfter(frames))).toBe(1);
    expect(timerProgress(timerAfter(frames.slice(0, 6)))).toBeCloseTo(500 / completeAfter);
  });

  test('one bad frame empties it', () => {
    expect(
      timerProgress(timerAfter([...[0, 300, 600].map((at): [boolean, number] => [true, at]), [false, 700]])),
    ).toBe(0);
  });

  test('a page that slept does not complete it by the clock alone', () => {
    expect(
      timerProgress(
        timerAfter([
          [true, 0],
          [true, 60_000],
        ]),
      ),
    ).toBeLessThan(1);
  });
});
