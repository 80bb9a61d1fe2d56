import type { Rectangle } from '../fit';
import { labOf } from '../lab';
import { type Pixels, resizeBilinear } from '../resize';
import type { Check } from './limits';

/** All values but the size are taken from the picture reduced to this length of its long side: about what a network sees of it. */
const workingSide = 224;
/** Skin is looked for in the mean colours of a coarse grid, in which noise and fine patterns cancel out. */
const skinCells = 8;

/**
 * What the checks look at, on a photo or a part of it (whole pixels inside the photo):
 * - size: the short side in pixels;
 * - dark: brightness of the bright parts, the 95 % value of luma (0 to 255);
 * - overexposed: share of pixels with a luma of 240 or more (0 to 1);
 * - flat: contrast, the 95 % value of luma minus the 5 % value (0 to 255);
 * - blur: sharpness, see `sharpness`;
 * - skin: share of the picture that has a tone of skin, see `skinShare` (0 to 1).
 */
export function gateMeasures(photo: Pixels, part?: Rectangle): Record<Check, number> {
  const whole = part ?? { left: 0, top: 0, width: photo.width, height: photo.height };
  const scale = Math.min(1, workingSide / Math.max(whole.width, whole.height));
  const width = Math.max(1, Math.round(whole.width * scale));
  const height = Math.max(1, Math.round(whole.height * scale));
  const reduced = resizeBilinear(photo, whole, width, height);
  const luma = lumaOf(reduced);
  const sorted = luma.slice().sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return {
    size: Math.min(whole.width, whole.height),
    dark: at(0.95),
    overexposed: luma.reduce((count, value) => count + (value >= 240 ? 1 : 0), 0) / luma.length,
    flat: at(0.95) - at(0.05),
    blur: sharpness(luma, width, height),
    skin: skinShare({ width, height, channels: 3, data: reduced }),
  };
}

/** Luma of ITU-R BT.601, one a pixel of RGB. */
function lumaOf(rgb: Uint8Array): Float32Array {
  return Float32Array.from({ length: rgb.length / 3 }, (_, pixel) => {
    const at = 3 * pixel;
    return 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
  });
}

/**
 * log10(V1^2 / V4), with V1 and V4 the variances of the Laplacian at steps of one and of four pixels (each + 0.05, for pictures without
 * any detail). The variance of the Laplacian (Pech-Pacheco et al., ICPR 2000) alone calls every smooth lesion blurred: on real photos it
 * found 72 to 99 % of copies blurred by 2 pixels at 1.5 % false alarms. Its ratio to a coarser one says which part of the detail is fine,
 * whatever the amount, but is lost where no detail is left; the product of both found all of them. From about -1.7 (blurred) to 3.
 */
export function sharpness(luma: Float32Array, width: number, height: number): number {
  const fine = laplacianVariance(luma, width, height, 1) + 0.05;
  const coarse = laplacianVariance(luma, width, height, 4) + 0.05;
  return Math.log10((fine * fine) / coarse);
}

/** 0 for a picture too small to have such a neighbourhood. */
function laplacianVariance(luma: Float32Array, width: number, height: number, step: number): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let y = step; y < height - step; y++) {
    for (let x = step; x < width - step; x++) {
      const at = y * width + x;
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
 * Share of a grid of 8 x 8 cells whose mean colour is a tone of skin: hue from violet-pink (-50 degrees in CIELAB; dermoscopy with polarised
 * light) to yellow-green (100), chroma over 2. Lightness plays no part, so that all skin tones pass (the ten of the Monk scale do, see the
 * tests); cells that are all but black (L* of 10 and less: the rim of a dermatoscope) are left out. 0 where all are.
 */
export function skinShare(picture: Pixels): number {
  const whole = { left: 0, top: 0, width: picture.width, height: picture.height };
  const cells = resizeBilinear(picture, whole, skinCells, skinCells);
  let [lit, skin] = [0, 0];
  for (let at = 0; at < cells.length; at += 3) {
    const [lightness, a, b] = labOf(cells[at] ?? 0, cells[at + 1] ?? 0, cells[at + 2] ?? 0);
    if (lightness <= 10) continue;
    lit++;
    const hue = (Math.atan2(b, a) * 180) / Math.PI;
    if (hue > -50 && hue < 100 && Math.hypot(a, b) > 2) skin++;
  }
  return lit ? skin / lit : 0;
}
