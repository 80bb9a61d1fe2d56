import type { NetworkCard } from '../../core/card/card';
import { centreSquare, letterbox, type Square, squareWithin } from '../../core/geometry';
import { resizeBilinear } from '../../core/image/resize';
import type { Pixels } from '../../core/raster';
import type { Values } from '../pass';

/** What the network sees, and which part of the photo that is. */
export interface NetworkInput {
  values: Values;
  /** In pixels of the photo. Letterboxed, it stands out over the photo's short sides. */
  square: Square;
}

/**
 * What a network sees of a photo: the square wanted, else the largest centred one; letterboxed, the square
 * around it all.
 */
export function squareOf(photo: Pixels, { fit }: NetworkCard['input'], wanted?: Square): Square {
  return fit === 'letterbox' ? around(photo) : chosen(photo, wanted);
}

/**
 * A photo as the network's input, [1, height, width, 3], exactly as in training: the square cut out (the
 * largest centred one where none is asked for) or the whole photo letterboxed on black, resized as Pillow
 * does, (value / 255 - mean) / std.
 */
export function toNetworkInput(photo: Pixels, input: NetworkCard['input'], wanted?: Square): NetworkInput {
  const { height, width, fit } = input;
  const square = squareOf(photo, input, wanted);
  const rgb = fit === 'letterbox' ? letterboxed(photo, width) : cut(photo, square, width, height);
  return { values: { shape: [1, height, width, 3], data: normalise(rgb, input) }, square };
}

/** (value / 255 - mean) / std of interleaved RGB. */
export function normalise(
  rgb: Uint8Array,
  { mean, std }: Pick<NetworkCard['input'], 'mean' | 'std'>,
): Float32Array {
  const table = mean.map((offset, channel) =>
    Float32Array.from({ length: 256 }, (_, value) => (value / 255 - offset) / (std[channel] as number)),
  );
  return Float32Array.from(rgb, (value, i) => table[i % 3]?.[value] as number);
}

function chosen({ width, height }: Pixels, wanted?: Square): Square {
  return wanted ? squareWithin(wanted, width, height) : centreSquare(width, height);
}

function around({ width, height }: Pixels): Square {
  const side = Math.max(width, height);
  return { left: Math.floor((width - side) / 2), top: Math.floor((height - side) / 2), side };
}

function cut(photo: Pixels, { left, top, side }: Square, width: number, height: number): Uint8Array {
  return resizeBilinear(photo, { left, top, width: side, height: side }, width, height);
}

function letterboxed(photo: Pixels, size: number): Uint8Array {
  const { left, top, width, height } = letterbox(photo.width, photo.height, size);
  const whole = { left: 0, top: 0, width: photo.width, height: photo.height };
  const small = resizeBilinear(photo, whole, width, height);
  const input = new Uint8Array(size * size * 3);
  for (let y = 0; y < height; y++) {
    const row = small.subarray(y * width * 3, (y + 1) * width * 3);
    input.set(row, ((top + y) * size + left) * 3);
  }
  return input;
}
