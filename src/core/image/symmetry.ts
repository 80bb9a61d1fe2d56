/**
 * The 8 symmetries of a square, as what they do to a picture: `turns` quarter turns clockwise, after a
 * mirroring left to right or not.
 */
export const symmetries = [false, true].flatMap((mirrored) =>
  [0, 1, 2, 3].map((turns) => ({ mirrored, turns })),
) as readonly Symmetry[];

export interface Symmetry {
  mirrored: boolean;
  /** Quarter turns clockwise, 0 to 3. */
  turns: number;
}

/**
 * For each cell of the changed picture (size x size, row by row), the cell of the original that it shows. A
 * permutation.
 */
export function sourceCells({ mirrored, turns }: Symmetry, size: number): Uint32Array {
  const last = size - 1;
  return Uint32Array.from({ length: size * size }, (_, cell) => {
    let x = cell % size;
    let y = Math.floor(cell / size);
    for (let turn = 0; turn < turns; turn++) [x, y] = [y, last - x];
    return y * size + (mirrored ? last - x : x);
  });
}

/**
 * A square picture [size, size, channels] under each symmetry, as one batch [8, size, size, channels]; the
 * first is the picture itself.
 */
export function underSymmetries(picture: Float32Array, size: number, channels: number): Float32Array {
  const batch = new Float32Array(symmetries.length * picture.length);
  symmetries.forEach((symmetry, index) => {
    let to = index * picture.length;
    for (const cell of sourceCells(symmetry, size)) {
      for (let channel = 0; channel < channels; channel++)
        batch[to++] = picture[cell * channels + channel] ?? 0;
    }
  });
  return batch;
}
