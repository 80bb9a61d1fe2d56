import type { Card } from './card';

/**
 * The golden image "integer-ramp" (docs/model-package.md): uint8 [height, width, channels], row by row, with
 * (7 x + 13 y + 31 c + floor(x y / 8)) mod 256.
 */
export function integerRamp(height: number, width: number, channels: number): Uint8Array {
  const image = new Uint8Array(height * width * channels);
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const base = 7 * x + 13 * y + Math.floor((x * y) / 8);
      for (let c = 0; c < channels; c++) image[at++] = (base + 31 * c) % 256;
    }
  }
  return image;
}

/**
 * The golden mask: float32 [height, width], 1 inside the circle around the middle with a radius of a quarter
 * of the width.
 */
export function goldenMask(height: number, width: number): Float32Array {
  const mask = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((x - width / 2) ** 2 + (y - height / 2) ** 2 < (width / 4) ** 2) mask[y * width + x] = 1;
    }
  }
  return mask;
}

/** Metadata of which nothing is known: the last place of every field's group. */
export function unknownMetadata(metadata: NonNullable<Card['metadata']>): Float32Array {
  const vector = new Float32Array(metadata.width);
  for (const { offset, size } of metadata.fields) vector[offset + size - 1] = 1;
  return vector;
}
