import type { Size } from './geometry';

/** What is kept row by row: masks, probabilities, pictures. */

/** An 8-bit raster, row by row. */
export interface Raster {
  width: number;
  height: number;
  data: Uint8Array;
}

/** A raster of probabilities from 0 to 1, row by row. */
export interface Probabilities extends Size {
  data: Float32Array;
}

/** An image of interleaved 8-bit samples, row by row: 3 channels (RGB) or 4 (RGBA). */
export interface Pixels {
  width: number;
  height: number;
  channels: 3 | 4;
  data: Uint8Array | Uint8ClampedArray;
  /**
   * Of a picture that is cut out of its surroundings, one value a pixel: 1 where it shows something, 0 where it was
   * transparent and is white here. Left out where all of it shows.
   */
  shown?: Uint8Array;
}
