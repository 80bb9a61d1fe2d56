import type { Activation, Convolution } from '../../graph/operations';

/** How a workgroup divides its part of the result. A thread computes 4 channels of `rowsEach` pixels. */
export interface Tile {
  /** Threads across the channels, each with 4 of them. */
  columns: number;
  /** Threads along the pixels. */
  rows: number;
  rowsEach: number;
  /** Groups of threads that share the work on each number: each adds up a part of the products. */
  splits: number;
}

/** What a shader is made for. */
export interface ConvolutionVariant {
  tile: Tile;
  /**
   * 1 by 1, one pixel after the other: a pixel of the result sees the pixel of the image at the same place.
   */
  pointwise: boolean;
  /** Whether image, or result, can be read, or written, 4 channels at a time. */
  vectorIn: boolean;
  vectorOut: boolean;
  stored: Convolution['stored'];
  entry: boolean;
  before: Activation;
  gate: boolean;
  residual: boolean;
  activation: Activation;
  doubled: boolean;
}

/** Steps of 4 products that are laid out in workgroup memory at a time. */
export const stepsAtOnce = 4;
