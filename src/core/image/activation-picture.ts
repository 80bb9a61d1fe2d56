import { lutIndex, viridis } from './colour-map';

/** The colours of a map as a CSS gradient, from least to most. */
export const mapGradient = `linear-gradient(to right, ${[0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1]
  .map((value) => `rgb(${colourOf(value).join(' ')})`)
  .join(', ')})`;

/** The colour of a value from 0 to 1, as red, green, blue from 0 to 255. */
function colourOf(value: number): Uint8Array {
  const index = 3 * lutIndex(value);
  return viridis.subarray(index, index + 3);
}

/**
 * A coarse map, row by row, as an RGBA picture of size x size pixels. Values are interpolated linearly
 * between the centres of the cells and shown from 0 (or less: evidence against the class) to the map's
 * largest value. Smaller values are fainter in proportion, as in core's `overlay`: where the map says
 * nothing, the skin stays as it is. A map with no positive value is clear.
 */
export function paintMap(
  values: ArrayLike<number>,
  width: number,
  height: number,
  size: number,
): Uint8ClampedArray<ArrayBuffer> {
  const picture = new Uint8ClampedArray(4 * size * size);
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i] ?? 0);
  const scale = largest > 0 ? 1 / largest : 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const value =
        scale * interpolate(values, width, height, ((x + 0.5) * width) / size, ((y + 0.5) * height) / size);
      const at = 4 * (y * size + x);
      picture.set(colourOf(value), at);
      picture[at + 3] = lutIndex(value);
    }
  }
  return picture;
}

/**
 * Bilinear, at a point measured in cells from the top left corner; beyond the outermost centres the edge is
 * carried on.
 */
function interpolate(values: ArrayLike<number>, width: number, height: number, x: number, y: number): number {
  const column = Math.min(width - 1, Math.max(0, x - 0.5));
  const row = Math.min(height - 1, Math.max(0, y - 0.5));
  const left = Math.floor(column);
  const top = Math.floor(row);
  const at = (r: number, c: number) => values[Math.min(r, height - 1) * width + Math.min(c, width - 1)] ?? 0;
  const along = (r: number) => at(r, left) + (column - left) * (at(r, left + 1) - at(r, left));
  return along(top) + (row - top) * (along(top + 1) - along(top));
}

/** A map on a grid of another size, row by row; each cell takes the value at its middle. */
export function resizeMap(
  values: ArrayLike<number>,
  from: { width: number; height: number },
  to: { width: number; height: number },
): Float32Array {
  return Float32Array.from({ length: to.width * to.height }, (_, at) => {
    const x = (((at % to.width) + 0.5) * from.width) / to.width;
    const y = ((Math.floor(at / to.width) + 0.5) * from.height) / to.height;
    return interpolate(values, from.width, from.height, x, y);
  });
}
