import { walk } from '../graph/window';
import { flag, integer, integers, type Sides, windowAttributes } from './attributes';
import type { GraphBuilder } from './builder';
import { ImportProblem } from './problem';

/** What several formats have, as nodes of a TensorFlow graph. Images are NHWC. */

/** [height, width, channels in of a group, channels out], row by row. */
export interface Filter {
  shape: readonly [number, number, number, number];
  values: Float32Array;
}

export interface ConvolutionWindow {
  strides: readonly [number, number];
  dilations: readonly [number, number];
  padding: 'same' | Sides;
}

/** A convolution, of groups of channels too: one channel a group is depthwise. */
export function convolution(
  builder: GraphBuilder,
  name: string,
  image: string,
  filter: Filter,
  window: ConvolutionWindow,
  { groups = 1, bias = null }: { groups?: number; bias?: Float32Array | null } = {},
): string {
  const channels = builder.shape(image)[3] ?? 0;
  const [height, width, channelsIn, channelsOut] = filter.shape;
  if (!(groups >= 1) || channels % groups !== 0 || channelsOut % groups !== 0)
    throw new ImportProblem(builder.path, `has ${groups} groups of ${channels} channels`);
  if (channelsIn * groups !== channels)
    throw new ImportProblem(builder.path, `has ${channels} channels and a filter for ${channelsIn * groups}`);
  const attributes = windowAttributes(window);
  let result: string;
  if (groups === 1) {
    const weights = builder.floats(`${name}/filter`, filter.shape, filter.values);
    result = builder.add('Conv2D', name, [image, weights], attributes);
  } else if (channelsIn === 1) {
    // The filters of a channel lie beside each other in both layouts.
    const shape = [height, width, channels, channelsOut / channels];
    const weights = builder.floats(`${name}/filter`, shape, filter.values);
    result = builder.add('DepthwiseConv2dNative', name, [image, weights], attributes);
  } else result = grouped(builder, name, image, filter, groups, attributes);
  if (!bias) return result;
  if (bias.length !== channelsOut)
    throw new ImportProblem(builder.path, `has ${bias.length} biases for ${channelsOut} channels`);
  const offsets = builder.floats(`${name}/bias`, [channelsOut], bias);
  return builder.add('BiasAdd', `${name}/biased`, [result, offsets]);
}

/** TensorFlow.js has no convolution of several groups: each by itself, then joined. */
function grouped(
  builder: GraphBuilder,
  name: string,
  image: string,
  { shape: [height, width, channelsIn, channelsOut], values }: Filter,
  groups: number,
  attributes: Record<string, unknown>,
): string {
  const each = channelsOut / groups;
  const parts = Array.from({ length: groups }, (_, group) => {
    const own = new Float32Array(height * width * channelsIn * each);
    for (let row = 0; row < height * width * channelsIn; row++) {
      const from = row * channelsOut + group * each;
      own.set(values.subarray(from, from + each), row * each);
    }
    const begin = builder.integers([0, 0, 0, group * channelsIn]);
    const size = builder.integers([-1, -1, -1, channelsIn]);
    const part = builder.add('Slice', `${name}/group`, [image, begin, size]);
    const weights = builder.floats(`${name}/filter`, [height, width, channelsIn, each], own);
    return builder.add('Conv2D', `${name}/part`, [part, weights], attributes);
  });
  return joined(builder, name, parts, 3);
}

export function joined(builder: GraphBuilder, name: string, parts: readonly string[], axis: number): string {
  const count = { N: integer(parts.length) };
  return builder.add('ConcatV2', name, [...parts, builder.integer(axis)], count);
}

/** image * scale + offset, a number for each channel. */
export function scaleShift(
  builder: GraphBuilder,
  name: string,
  image: string,
  scale: Float32Array,
  offset: Float32Array,
): string {
  const factors = builder.floats(`${name}/scale`, [scale.length], scale);
  const offsets = builder.floats(`${name}/offset`, [offset.length], offset);
  const scaled = builder.add('Mul', `${name}/scaled`, [image, factors]);
  return builder.add('AddV2', name, [scaled, offsets]);
}

/**
 * Batch normalisation with its statistics: (x - mean) / sqrt(variance + epsilon) * gamma + beta (Ioffe and
 * Szegedy, ICML 2015). Computed in float64.
 */
export function batchNormalisation(
  builder: GraphBuilder,
  name: string,
  image: string,
  statistics: Record<'gamma' | 'beta' | 'mean' | 'variance', ArrayLike<number>>,
  epsilon: number,
): string {
  const { gamma, beta, mean, variance } = statistics;
  const channels = builder.shape(image).at(-1) ?? 0;
  for (const [part, numbers] of Object.entries(statistics))
    if (numbers.length !== channels)
      throw new ImportProblem(builder.path, `${part} has ${numbers.length} numbers for ${channels} channels`);
  const factor = (at: number) => (gamma[at] as number) / Math.sqrt((variance[at] as number) + epsilon);
  const scale = Float32Array.from({ length: channels }, (_, at) => factor(at));
  const offset = Float32Array.from(
    { length: channels },
    (_, at) => (beta[at] as number) - (mean[at] as number) * factor(at),
  );
  return scaleShift(builder, name, image, scale, offset);
}

/** Below what any image holds. */
const lowest = -3e38;

export interface Pool {
  size: readonly [number, number];
  strides: readonly [number, number];
  padding: 'same' | Sides;
  /** How many rows and columns of the zeros at the end stand only so that the last window is whole. */
  beyond?: readonly [number, number];
  /** Whether a mean counts the zeros around the image, but for those beyond. */
  countsZeros?: boolean;
}

export function pool(
  builder: GraphBuilder,
  op: 'MaxPool' | 'AvgPool',
  name: string,
  image: string,
  { size, strides, padding, beyond = [0, 0], countsZeros = false }: Pool,
): string {
  const none: Sides = { top: 0, left: 0, bottom: 0, right: 0 };
  if (padding === 'same' || Object.values(padding).every((side) => side === 0))
    return builder.add(op, name, [image], windowAttributes({ strides, padding, size }));
  const { top, left, bottom, right } = padding;
  const sides = [0, 0, top, bottom, left, right, 0, 0];
  const around = padded(builder, `${name}/padded`, image, sides, op === 'MaxPool' ? lowest : 0);
  const attributes = windowAttributes({ strides, padding: none, size });
  const pooled = builder.add(op, name, [around], attributes);
  if (op === 'MaxPool') return pooled;
  const [, height = 0, width = 0] = builder.shape(image);
  const [, rows = 0, columns = 0] = builder.shape(pooled);
  // How many pixels of a window count, along one axis.
  const counted = (axis: 0 | 1, length: number, before: number, after: number, count: number) =>
    Array.from({ length: count }, (_, at) => {
      const from = at * strides[axis] - before;
      const [least, most] = countsZeros ? [-before, length + after - beyond[axis]] : [0, length];
      return Math.min(most, from + size[axis]) - Math.max(least, from);
    });
  const [down, across] = [counted(0, height, top, bottom, rows), counted(1, width, left, right, columns)];
  if ([...down, ...across].some((count) => count < 1))
    throw new ImportProblem(builder.path, 'has a window with nothing of the image in it', 'unsupported');
  const factors = new Float32Array(rows * columns);
  for (let at = 0; at < factors.length; at++)
    factors[at] =
      (size[0] * size[1]) / ((down[Math.floor(at / columns)] as number) * (across[at % columns] as number));
  if (factors.every((factor) => factor === 1)) return pooled;
  const correction = builder.floats(`${name}/factors`, [1, rows, columns, 1], factors);
  return builder.add('Mul', `${name}/corrected`, [pooled, correction]);
}

/** `sides`: before and after each axis, in turn. */
export function padded(
  builder: GraphBuilder,
  name: string,
  x: string,
  sides: readonly number[],
  value = 0,
): string {
  const pairs = builder.wholeNumbers(sides, [sides.length / 2, 2]);
  return builder.add('PadV2', name, [x, pairs, builder.number(value)]);
}

/**
 * The zeros around an image of which only a word says how many: as many as "same" needs, the odd one at the
 * beginning.
 */
export function sameLower(
  image: readonly [number, number],
  window: {
    size: readonly [number, number];
    strides: readonly [number, number];
    dilations?: readonly [number, number];
  },
): Sides {
  const { size, strides, dilations = [1, 1] } = window;
  const plain = {
    size: [...size] as [number, number],
    strides: [...strides] as [number, number],
    dilations: [...dilations] as [number, number],
  };
  const { height, width } = walk({ ...plain, padding: 'same' }, image);
  const missing = (axis: 0 | 1, length: number) =>
    Math.max(0, (length - 1) * strides[axis] + (size[axis] - 1) * dilations[axis] + 1 - image[axis]);
  const [down, across] = [missing(0, height), missing(1, width)];
  const [top, left] = [Math.ceil(down / 2), Math.ceil(across / 2)];
  return { top, left, bottom: down - top, right: across - left };
}

/** The mean, or the largest, of each channel over the whole image. */
export function globalPool(
  builder: GraphBuilder,
  op: 'Mean' | 'Max',
  name: string,
  image: string,
  keepsAxes: boolean,
): string {
  return builder.add(op, name, [image, builder.integers([1, 2])], { keep_dims: flag(keepsAxes) });
}

/** [n, channels in] times [channels in, channels out], row by row. */
export function product(
  builder: GraphBuilder,
  name: string,
  x: string,
  weights: { shape: readonly [number, number]; values: Float32Array },
  bias: Float32Array | null,
): string {
  const matrix = builder.floats(`${name}/weights`, weights.shape, weights.values);
  const attributes = { transpose_a: flag(false), transpose_b: flag(false) };
  const result = builder.add('MatMul', name, [x, matrix], attributes);
  if (!bias) return result;
  if (bias.length !== weights.shape[1])
    throw new ImportProblem(builder.path, `has ${bias.length} biases for ${weights.shape[1]} columns`);
  return builder.add('BiasAdd', `${name}/biased`, [
    result,
    builder.floats(`${name}/bias`, [bias.length], bias),
  ]);
}

/** To [n, ...shape], however many images there are. */
export function reshaped(builder: GraphBuilder, name: string, x: string, shape: readonly number[]): string {
  return builder.add('Reshape', name, [x, builder.integers([-1, ...shape])]);
}

export function transposed(builder: GraphBuilder, name: string, x: string, order: readonly number[]): string {
  return builder.add('Transpose', name, [x, builder.integers(order)]);
}

/** Axes as TensorFlow's attributes of a squeeze have them. */
export const squeezed = (builder: GraphBuilder, name: string, x: string, axes: readonly number[]) =>
  builder.add('Squeeze', name, [x], { squeeze_dims: integers(axes) });
