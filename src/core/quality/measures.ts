import type { Rectangle, Size } from '../geometry';
import { labOf } from '../image/lab';
import { resizeBilinear } from '../image/resize';
import type { Pixels } from '../raster';
import type { Check } from './limits';

/**
 * All values but the size are taken from the picture reduced to this length of its long side: about what a
 * network sees of it.
 */
const workingSide = 224;
/** Skin is looked for in the mean colours of a coarse grid, in which noise and fine patterns cancel out. */
const skinCells = 8;

/**
 * What the checks look at, on a photo or a part of it (whole pixels inside the photo). Of a picture that is cut out of
 * its surroundings only what it shows counts: the white around it is nobody's light.
 * - size: the short side in pixels;
 * - dark: brightness of the bright parts, the 95 % value of luma (0 to 255);
 * - overexposed: share of pixels with a luma of 240 or more (0 to 1);
 * - flat: contrast, 1 minus the 5 % value of luma over the 95 % value (0 to 1), the same in any light;
 * - blur: sharpness, see `sharpness`;
 * - skin: share of the picture that has a tone of skin, see `skinShare` (0 to 1).
 */
export function measureQuality(photo: Pixels, part?: Rectangle): Record<Check, number> {
  const whole = part ?? { left: 0, top: 0, width: photo.width, height: photo.height };
  const scale = Math.min(1, workingSide / Math.max(whole.width, whole.height));
  const width = Math.max(1, Math.round(whole.width * scale));
  const height = Math.max(1, Math.round(whole.height * scale));
  const reduced = resizeBilinear(photo, whole, width, height);
  const luma = lumaOf(reduced);
  const shown = photo.shown ? shownIn(photo.shown, photo.width, whole, { width, height }) : null;
  const counted = shown ? luma.filter((_, pixel) => shown[pixel] === 1) : luma;
  const sorted = counted.slice().sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return {
    size: Math.min(whole.width, whole.height),
    dark: at(0.95),
    overexposed: counted.reduce((count, value) => count + (value >= 240 ? 1 : 0), 0) / counted.length,
    flat: 1 - at(0.05) / Math.max(1, at(0.95)),
    blur: sharpness(luma, width, height, at(0.95), shown),
    skin: skinShare(
      shown
        ? cellsShown(reduced, shown, { width, height })
        : resizeBilinear(
            { width, height, channels: 3, data: reduced },
            { left: 0, top: 0, width, height },
            skinCells,
            skinCells,
          ),
    ),
  };
}

/**
 * Which pixels of the reduced picture are made of nothing but what is shown: those beside them take part in each.
 * Null where there are none, or all are.
 */
function shownIn(
  shown: Uint8Array,
  stride: number,
  { left, top, width: wide, height: high }: Rectangle,
  { width, height }: Size,
): Uint8Array | null {
  const whole = new Uint8Array(width * height).fill(1);
  for (let y = 0; y < high; y++) {
    const row = Math.floor((y * height) / high);
    for (let x = 0; x < wide; x++)
      if (shown[(top + y) * stride + left + x] === 0) whole[row * width + Math.floor((x * width) / wide)] = 0;
  }
  const inner = whole.slice();
  let count = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const beside = [-1, 0, 1].flatMap((down) =>
        [-1, 0, 1].map((across) => {
          const [column, row] = [x + across, y + down];
          return (
            column < 0 || row < 0 || column >= width || row >= height || whole[row * width + column] === 1
          );
        }),
      );
      inner[y * width + x] = Number(beside.every(Boolean));
      count += inner[y * width + x] as number;
    }
  return count === 0 || count === width * height ? null : inner;
}

/** The mean colours of the coarse grid, of what is shown; RGB. Cells of which nothing is shown are left out. */
function cellsShown(rgb: Uint8Array, shown: Uint8Array, { width, height }: Size): Uint8Array {
  const sums = new Float64Array(4 * skinCells * skinCells);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (shown[pixel] !== 1) continue;
      const row = Math.floor((y * skinCells) / height);
      const cell = 4 * (row * skinCells + Math.floor((x * skinCells) / width));
      for (let channel = 0; channel < 3; channel++)
        sums[cell + channel] = (sums[cell + channel] as number) + (rgb[3 * pixel + channel] as number);
      sums[cell + 3] = (sums[cell + 3] as number) + 1;
    }
  const cells: number[] = [];
  for (let cell = 0; cell < sums.length; cell += 4) {
    const count = sums[cell + 3] as number;
    if (count > 0)
      for (let channel = 0; channel < 3; channel++)
        cells.push(Math.round((sums[cell + channel] as number) / count));
  }
  return Uint8Array.from(cells);
}

/** Luma of ITU-R BT.601, one a pixel of RGB. */
function lumaOf(rgb: Uint8Array): Float32Array {
  return Float32Array.from({ length: rgb.length / 3 }, (_, pixel) => {
    const at = 3 * pixel;
    return 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
  });
}

/**
 * Variance of the Laplacian that rounding to 8 bits alone makes: its squared weights add up to 20, and each
 * of the three channels is rounded with a variance of 1/12.
 */
const roundingVariance = (20 * (0.299 ** 2 + 0.587 ** 2 + 0.114 ** 2)) / 12;

/**
 * log10(V1^2 / V4 x (200 / bright)^2), with V1 and V4 the variances of the Laplacian at steps of one and of
 * four pixels, less that of rounding (at least 0, and + 0.05 for pictures without any detail), and `bright`
 * the luma of the bright parts. The variance of the Laplacian alone (Pech-Pacheco et al., ICPR 2000) calls
 * every smooth lesion blurred. Its ratio to a coarser one says which part of the detail is fine, whatever the
 * amount, but is lost where no detail is left; the product of both has neither weakness. Dividing by the
 * brightness keeps it from calling dark skin blurred. From about -4 (blurred) to 3.
 */
export function sharpness(
  luma: Float32Array,
  width: number,
  height: number,
  bright: number,
  shown: Uint8Array | null = null,
): number {
  const detail = (step: number) =>
    Math.max(0, laplacianVariance(luma, { width, height }, step, shown) - roundingVariance) + 0.05;
  return Math.log10((detail(1) ** 2 / detail(4)) * (200 / Math.max(16, bright)) ** 2);
}

/** 0 for a picture too small to have such a neighbourhood. Where `shown` is given, all of it is to be shown. */
function laplacianVariance(
  luma: Float32Array,
  { width, height }: Size,
  step: number,
  shown: Uint8Array | null,
): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let y = step; y < height - step; y++) {
    for (let x = step; x < width - step; x++) {
      const at = y * width + x;
      if (shown && ![0, -step, step, -step * width, step * width].every((to) => shown[at + to] === 1))
        continue;
      const beside = (luma[at - step] ?? 0) + (luma[at + step] ?? 0);
      const above = (luma[at - step * width] ?? 0) + (luma[at + step * width] ?? 0);
      const value = beside + above - 4 * (luma[at] ?? 0);
      sum += value;
      squares += value * value;
      count++;
    }
  }
  return count ? squares / count - (sum / count) ** 2 : 0;
}

/**
 * Share of a grid of 8 x 8 cells whose mean colour is a tone of skin: hue from violet-pink (-50 degrees in
 * CIELAB; dermoscopy with polarised light) to yellow-green (100), chroma from 2 (grey) to 70 (no skin is as
 * vivid). Lightness plays no part, so that all skin tones pass (the ten of the Monk scale do, see the tests);
 * cells that are all but black (L* of 10 and less: the rim of a dermatoscope) are left out. 0 where all are.
 */
function skinShare(cells: Uint8Array): number {
  let [lit, skin] = [0, 0];
  for (let at = 0; at < cells.length; at += 3) {
    const [lightness, a, b] = labOf(cells[at] ?? 0, cells[at + 1] ?? 0, cells[at + 2] ?? 0);
    if (lightness <= 10) continue;
    lit++;
    const hue = (Math.atan2(b, a) * 180) / Math.PI;
    const chroma = Math.hypot(a, b);
    if (hue > -50 && hue < 100 && chroma > 2 && chroma < 70) skin++;
  }
  return lit ? skin / lit : 0;
}
