import { integers, text } from './attributes';
import type { GraphNode } from './graph';

/**
 * Zeros around an image: a number of rows or columns a side, or as many as make the result as large as the
 * image is, divided by the stride.
 */
export type Padding = 'same' | { top: number; left: number; bottom: number; right: number };

/** How a convolution or a pooling walks over an image: height and width of each. */
export interface Window {
  size: [number, number];
  strides: [number, number];
  dilations: [number, number];
  padding: Padding;
}

/** Of a node over NHWC images; null where it is over others. `size` is that of its filter or pool. */
export function windowOf(node: GraphNode, size: [number, number]): Window | null {
  if ((text(node, 'data_format') ?? 'NHWC') !== 'NHWC') return null;
  const [, strideY = 1, strideX = 1] = integers(node, 'strides');
  const [, dilationY = 1, dilationX = 1] = integers(node, 'dilations');
  const padding = paddingOf(node);
  return padding && { size, strides: [strideY, strideX], dilations: [dilationY, dilationX], padding };
}

function paddingOf(node: GraphNode): Padding | null {
  switch (text(node, 'padding')) {
    case 'SAME':
      return 'same';
    case 'VALID':
      return { top: 0, left: 0, bottom: 0, right: 0 };
    case 'EXPLICIT': {
      const [, , top = 0, bottom = 0, left = 0, right = 0] = integers(node, 'explicit_paddings');
      return { top, left, bottom, right };
    }
    default:
      return null;
  }
}

/**
 * Height and width of the result on an image of that height and width, and the zeros above it and at its
 * left.
 */
export function walk({ size, strides, dilations, padding }: Window, image: readonly [number, number]) {
  const along = (axis: 0 | 1, before: number, after: number) => {
    const reach = (size[axis] - 1) * dilations[axis] + 1;
    if (padding !== 'same')
      return { length: Math.floor((image[axis] + before + after - reach) / strides[axis]) + 1, before };
    const length = Math.ceil(image[axis] / strides[axis]);
    const missing = Math.max(0, (length - 1) * strides[axis] + reach - image[axis]);
    return { length, before: Math.floor(missing / 2) };
  };
  const { top, left, bottom, right } = padding === 'same' ? noZeros : padding;
  const [rows, columns] = [along(0, top, bottom), along(1, left, right)];
  return { height: rows.length, width: columns.length, top: rows.before, left: columns.before };
}

const noZeros = { top: 0, left: 0, bottom: 0, right: 0 };
