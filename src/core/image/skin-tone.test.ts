import { expect, test } from 'vitest';
import { labOf } from './lab';
import { skinToneBand, skinToneSide, typologyAngle } from './skin-tone';

const side = skinToneSide;
const photoOf = (colour: (at: number) => [number, number, number]) => ({
  width: side,
  height: side,
  channels: 3 as const,
  data: Uint8Array.from({ length: 3 * side * side }, (_, at) => colour(Math.floor(at / 3))[at % 3] as number),
});
/** A square lesion in the middle, on a raster of another size than the photo. */
const lesion = {
  width: 48,
  height: 48,
  data: Uint8Array.from({ length: 48 * 48 }, (_, at) => {
    const [x, y] = [at % 48, Math.floor(at / 48)];
    return Number(x >= 16 && x < 32 && y >= 16 && y < 32);
  }),
};
const skin: [number, number, number] = [224, 180, 160];

test('the angle is that of the skin beside the lesion, whatever the lesion and its rim look like', () => {
  const [light, , yellow] = labOf(...skin);
  const wanted = (Math.atan2(light - 50, yellow) * 180) / Math.PI;
  const photo = photoOf((at) => {
    const [x, y] = [at % side, Math.floor(at / side)];
    // The lesion covers 32 to 63; 4 pixels of rim are left out with it.
    return x >= 28 && x < 68 && y >= 28 && y < 68 ? [60, 30, 20] : skin;
  });
  expect(typologyAngle(photo, lesion)).toBeCloseTo(wanted, 9);
});

test('where nearly all is rim of the dermatoscope there is no angle', () => {
  expect(
    typologyAngle(
      photoOf(() => [5, 5, 5]),
      lesion,
    ),
  ).toBeNull();
  const whole = { width: 1, height: 1, data: Uint8Array.of(1) };
  expect(
    typologyAngle(
      photoOf(() => skin),
      whole,
    ),
  ).toBeNull();
});

test.each([
  [60, 'very-light'],
  [55, 'very-light'],
  [41, 'light'],
  [30, 'intermediate'],
  [10, 'tan'],
  [-30, 'brown'],
  [-31, 'dark'],
  [null, 'unknown'],
] as const)('%s degrees are %s', (angle, band) => {
  expect(skinToneBand(angle)).toBe(band);
});
