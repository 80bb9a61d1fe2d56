import type { Pixels, Raster } from '../raster';
import { labOf } from './lab';

/**
 * Skin tone of a photo from the pixels beside the lesion, as individual typology angle (Chardon, Cretois and
 * Hourseau, 1991): arctan((L* - 50) / b*). The same definitions as training/lentigo/evaluation/skin_tone.py.
 * The angle also depends on light, camera and white balance: it sorts photos, not people.
 */

/** Pixels of a side: photos are reduced to it first, which also averages hairs and noise away. */
export const skinToneSide = 96;
/** Pixels round the lesion that are left out: its rim is not skin. */
const margin = 5;
/** With fewer pixels beside the lesion there is no angle. */
const minPixels = 200;
/** L*: under it the rim of a dermatoscope, over it a reflection. */
const [darkest, brightest] = [20, 97];

/** The lowest angle of each band, the lightest first (names of Del Bino and Bernerd, 2013). */
const bands = [
  ['very-light', 55],
  ['light', 41],
  ['intermediate', 28],
  ['tan', 10],
  ['brown', -30],
  ['dark', -90],
] as const;

/** The band of an angle in degrees; "unknown" of none. */
export function skinToneBand(angle: number | null): (typeof bands)[number][0] | 'unknown' {
  if (angle === null) return 'unknown';
  return bands.find(([, lowest]) => angle >= lowest)?.[0] ?? 'dark';
}

/**
 * Degrees from -90 to 90, of the median L* and b* of the skin beside the lesion; null where too little of it
 * is seen. `photo`: reduced to `skinToneSide` on both sides; `lesion`: over the whole photo, 0 is background.
 */
export function typologyAngle(photo: Pixels, lesion: Raster): number | null {
  const side = skinToneSide;
  const near = grown(reduced(lesion));
  const [lightness, yellow]: [number[], number[]] = [[], []];
  for (let at = 0; at < side * side; at++) {
    if (near[at]) continue;
    const from = at * photo.channels;
    const [light, , blueYellow] = labOf(
      photo.data[from] as number,
      photo.data[from + 1] as number,
      photo.data[from + 2] as number,
    );
    if (light <= darkest || light >= brightest) continue;
    lightness.push(light);
    yellow.push(blueYellow);
  }
  if (lightness.length < minPixels) return null;
  const angle = Math.atan2(median(lightness) - 50, Math.max(median(yellow), 1e-6));
  return (angle * 180) / Math.PI;
}

/** 1 where any part of the lesion lies in a cell. */
function reduced({ width, height, data }: Raster): Uint8Array {
  const side = skinToneSide;
  const cells = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    const top = Math.floor((row * height) / side);
    const bottom = Math.max(top + 1, Math.ceil(((row + 1) * height) / side));
    for (let column = 0; column < side; column++) {
      const left = Math.floor((column * width) / side);
      const right = Math.max(left + 1, Math.ceil(((column + 1) * width) / side));
      for (let y = top; y < bottom && !cells[row * side + column]; y++)
        if (data.subarray(y * width + left, y * width + right).some(Boolean)) cells[row * side + column] = 1;
    }
  }
  return cells;
}

/** With everything within `margin` cells in both directions. */
function grown(cells: Uint8Array): Uint8Array {
  const side = skinToneSide;
  const wider = new Uint8Array(cells.length);
  for (let at = 0; at < cells.length; at++) {
    if (!cells[at]) continue;
    const [row, column] = [Math.floor(at / side), at % side];
    for (let y = Math.max(0, row - margin); y <= Math.min(side - 1, row + margin); y++)
      wider.fill(1, y * side + Math.max(0, column - margin), y * side + Math.min(side, column + margin + 1));
  }
  return wider;
}

function median(values: number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] as number) + (sorted[Math.floor(middle)] as number)) / 2;
}
