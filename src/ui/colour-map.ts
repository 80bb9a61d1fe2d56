/**
 * Viridis (Smith and van der Walt, matplotlib 2015): perceptually even, and readable with every common colour-vision deficiency and in
 * grey. Seventeen of its 256 colours; straight lines between them stay within six levels of the original.
 */
const viridis: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [72, 24, 106],
  [71, 45, 123],
  [66, 64, 134],
  [59, 82, 139],
  [51, 99, 141],
  [44, 114, 142],
  [38, 130, 142],
  [33, 145, 140],
  [31, 160, 136],
  [40, 174, 128],
  [63, 188, 115],
  [94, 201, 98],
  [132, 212, 75],
  [173, 220, 48],
  [216, 226, 25],
  [253, 231, 37],
];

/** The colour of a value from 0 to 1 (others are taken as the nearer end), as red, green, blue from 0 to 255. */
export function viridisColour(value: number): [number, number, number] {
  const place = Math.min(1, Math.max(0, value)) * (viridis.length - 1);
  const below = Math.min(Math.floor(place), viridis.length - 2);
  const low = viridis[below] ?? [0, 0, 0];
  const high = viridis[below + 1] ?? low;
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(low[channel] + (place - below) * (high[channel] - low[channel]));
  return [mix(0), mix(1), mix(2)];
}

/** The whole map as a CSS gradient, from least to most. */
export const viridisGradient = `linear-gradient(to right, ${viridis.map((rgb) => `rgb(${rgb.join(' ')})`).join(', ')})`;

/**
 * A coarse map, row by row, as an opaque RGBA picture of size x size pixels. Values are interpolated linearly between the centres of
 * the cells and shown from 0 (or less: evidence against the class) to the map's largest value. A map with no positive value is all 0.
 */
export function paintMap(values: ArrayLike<number>, width: number, height: number, size: number) {
  const picture = new Uint8ClampedArray(4 * size * size);
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i] ?? 0);
  const scale = largest > 0 ? 1 / largest : 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const value = interpolate(
        values,
        width,
        height,
        ((x + 0.5) * width) / size,
        ((y + 0.5) * height) / size,
      );
      const [red, green, blue] = viridisColour(value * scale);
      picture.set([red, green, blue, 255], 4 * (y * size + x));
    }
  }
  return picture;
}

/** Bilinear, at a point measured in cells from the top left corner; beyond the outermost centres the edge is carried on. */
function interpolate(values: ArrayLike<number>, width: number, height: number, x: number, y: number): number {
  const column = Math.min(width - 1, Math.max(0, x - 0.5));
  const row = Math.min(height - 1, Math.max(0, y - 0.5));
  const left = Math.floor(column);
  const top = Math.floor(row);
  const at = (r: number, c: number) => values[Math.min(r, height - 1) * width + Math.min(c, width - 1)] ?? 0;
  const along = (r: number) => at(r, left) + (column - left) * (at(r, left + 1) - at(r, left));
  return along(top) + (row - top) * (along(top + 1) - along(top));
}
