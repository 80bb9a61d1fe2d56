import type { GraphNode } from '../graph/graph';

/** Attributes of TensorFlow's nodes, as its protocol buffers are written in JSON. */

export const text = (value: string) => ({ s: btoa(value) });
export const texts = (values: readonly string[]) => ({ list: { s: values.map((value) => btoa(value)) } });
export const flag = (value: boolean) => ({ b: value });
export const float = (value: number) => ({ f: value });
export const integer = (value: number) => ({ i: String(value) });
export const integers = (values: readonly number[]) => ({ list: { i: values.map(String) } });

export interface Sides {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export interface WindowParts {
  strides: readonly [number, number];
  dilations?: readonly [number, number];
  /** "same": as many zeros as make the result as large as the image is, divided by the stride. */
  padding: 'same' | Sides;
  /** Of a pool, [height, width]. */
  size?: readonly [number, number];
}

/** Of a convolution or pool over NHWC. */
export function windowAttributes({ strides, dilations = [1, 1], padding, size }: WindowParts) {
  const sides = padding === 'same' ? null : padding;
  const none = sides && Object.values(sides).every((side) => side === 0);
  return {
    strides: integers([1, ...strides, 1]),
    dilations: integers([1, ...dilations, 1]),
    data_format: text('NHWC'),
    padding: text(sides ? (none ? 'VALID' : 'EXPLICIT') : 'SAME'),
    ...(sides && !none
      ? { explicit_paddings: integers([0, 0, sides.top, sides.bottom, sides.left, sides.right, 0, 0]) }
      : {}),
    ...(size ? { ksize: integers([1, ...size, 1]) } : {}),
  };
}

/** -1 for the number of images. */
export function placeholder(name: string, shape: readonly number[]): GraphNode {
  const dim = shape.map((size) => ({ size: String(size) }));
  return { name, op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim } } } };
}
