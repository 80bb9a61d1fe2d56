import type { Rectangle } from '../geometry';
import type { Pixels } from '../raster';

/** Pillow's fixed point: 8 bits for the sample, 2 for the filter's overshoot, the rest for the fraction. */
const precisionBits = 32 - 8 - 2;
const half = 2 ** (precisionBits - 1);

/**
 * Pillow's BILINEAR resize, to the bit: an antialiased triangle filter in two passes with an 8-bit image
 * between them and weights in 22-bit fixed point (Pillow 13, src/libImaging/Resample.c). `crop` (whole pixels
 * inside the image) is cut out first, so that pixels outside of it take no part:
 * `image.crop(box).resize((width, height), BILINEAR)`. Alpha is left out. Gives RGB, `width` x `height` x 3.
 */
export function resizeBilinear(source: Pixels, crop: Rectangle, width: number, height: number): Uint8Array {
  const columns = weights(crop.width, width);
  const rows = weights(crop.height, height);
  // Pillow 13 and later; earlier ones always begin with the columns. Squares begin with the columns in all of
  // them.
  const rowsLost = crop.height - height;
  if (rowsLost > 0 && rowsLost > 2 * (crop.width - width)) {
    const low = { width: crop.width, height, channels: 3 as const, data: mixRows(source, crop, rows) };
    return mixColumns(low, { ...crop, left: 0, top: 0, height }, columns);
  }
  const narrow = {
    width,
    height: crop.height,
    channels: 3 as const,
    data: mixColumns(source, crop, columns),
  };
  return mixRows(narrow, { ...crop, left: 0, top: 0, width }, rows);
}

/** Resizes the columns of a crop: RGB, `columns.length` x `crop.height`. */
function mixColumns(source: Pixels, crop: Rectangle, columns: Taps[]): Uint8Array {
  const { data, channels } = source;
  const result = new Uint8Array(crop.height * columns.length * 3);
  let to = 0;
  for (let y = 0; y < crop.height; y++) {
    const line = ((crop.top + y) * source.width + crop.left) * channels;
    for (const { first, values } of columns) {
      let red = half;
      let green = half;
      let blue = half;
      let from = line + first * channels;
      for (let tap = 0; tap < values.length; tap++) {
        const value = values[tap] as number;
        red += (data[from] as number) * value;
        green += (data[from + 1] as number) * value;
        blue += (data[from + 2] as number) * value;
        from += channels;
      }
      result[to++] = red >> precisionBits;
      result[to++] = green >> precisionBits;
      result[to++] = blue >> precisionBits;
    }
  }
  return result;
}

/** Resizes the rows of a crop: RGB, `crop.width` x `rows.length`. */
function mixRows(source: Pixels, crop: Rectangle, rows: Taps[]): Uint8Array {
  const { data, channels } = source;
  const stride = crop.width * 3;
  const result = new Uint8Array(rows.length * stride);
  const sums = new Int32Array(stride);
  rows.forEach(({ first, values }, y) => {
    sums.fill(half);
    for (let tap = 0; tap < values.length; tap++) {
      const value = values[tap] as number;
      let from = ((crop.top + first + tap) * source.width + crop.left) * channels;
      for (let i = 0; i < stride; i += 3) {
        sums[i] = (sums[i] as number) + (data[from] as number) * value;
        sums[i + 1] = (sums[i + 1] as number) + (data[from + 1] as number) * value;
        sums[i + 2] = (sums[i + 2] as number) + (data[from + 2] as number) * value;
        from += channels;
      }
    }
    for (let i = 0; i < stride; i++) result[y * stride + i] = (sums[i] as number) >> precisionBits;
  });
  return result;
}

/** The source samples that one target sample is made of: from `first` on, one weight each. */
interface Taps {
  first: number;
  values: Int32Array;
}

/**
 * `precompute_coeffs` and `normalize_coeffs_8bpc` of Pillow for its triangle filter. The order of the
 * floating-point operations is Pillow's too: another one would differ in the last bit. Weights are never
 * negative, so no sum leaves 0 to 255.
 */
function weights(from: number, to: number): Taps[] {
  const scale = from / to;
  const filterScale = Math.max(scale, 1);
  const inverse = 1 / filterScale;
  return Array.from({ length: to }, (_, target) => {
    const centre = (target + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - filterScale + 0.5));
    const last = Math.min(from, Math.trunc(centre + filterScale + 0.5));
    const triangle = new Float64Array(last - first);
    let sum = 0;
    for (let tap = 0; tap < triangle.length; tap++) {
      const weight = Math.max(0, 1 - Math.abs((tap + first - centre + 0.5) * inverse));
      triangle[tap] = weight;
      sum += weight;
    }
    const values = Int32Array.from(triangle, (weight) => {
      return Math.trunc(0.5 + (sum === 0 ? weight : weight / sum) * 2 ** precisionBits);
    });
    return { first, values };
  });
}
