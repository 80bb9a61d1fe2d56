import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { fourfold } from '../graph/convolution';
import type {
  Activation,
  Average,
  Convolution,
  Depthwise,
  Gate,
  Interleave,
  OperationName,
  Operations,
  ScaleShift,
  Slab,
} from '../graph/operations';
import type { Padding } from '../graph/window';
import { registerKernels } from '../kernels';
import { partsOf } from '../webgpu/kernels/convolution';

/**
 * Our operations made of TensorFlow.js's own, for its CPU back end: slow, and simple enough to be right.
 * Rewrites are tested with them, and the kernels for WebGPU against them.
 */
export const references: {
  [Name in OperationName]: (how: Operations[Name], inputs: tf.Tensor[]) => tf.Tensor;
} = {
  LentigoConvolution: convolution,
  LentigoDepthwise: depthwise,
  LentigoAverage: average,
  LentigoGate: gate,
  LentigoScaleShift: scaleShift,
  LentigoSlab: slab,
  LentigoInterleave: interleave,
};

/** For `beforeAll`: graphs run on the CPU back end, our operations by their references. */
export async function useReferences(): Promise<void> {
  const kernels = Object.entries(references).map(([name, reference]) => [
    name,
    (_: unknown, how: unknown, inputs: tf.Tensor[]) =>
      (reference as (how: unknown, inputs: tf.Tensor[]) => tf.Tensor)(how, inputs),
  ]);
  registerKernels('cpu', Object.fromEntries(kernels));
  await tf.setBackend('cpu');
}

function convolution(how: Convolution, inputs: tf.Tensor[]): tf.Tensor {
  const parts = partsOf(how.parts, inputs) as Partial<Record<Convolution['parts'][number], tf.Tensor>>;
  const { image, filter, affine, entry, gate: gates, residual, slab: into } = parts;
  if (!image || !filter || !affine) throw new Error('a part is missing');
  const { channelsIn, channelsOut } = how;
  let seen = image as tf.Tensor4D;
  if (how.prefix) seen = tf.slice4d(seen, [0, 0, 0, 0], [-1, -1, -1, channelsIn]);
  if (entry) seen = affinely(seen, entry);
  seen = activated(how.before, seen);
  if (gates) seen = tf.mul(seen, tf.reshape(gates, [-1, 1, 1, channelsIn]));
  const numbers = unpacked(filter, how.stored, channelsOut);
  const convolved = how.doubled
    ? doubledConvolution(seen, numbers, how)
    : tf.conv2d(
        seen,
        tf.reshape(numbers, [...how.size, channelsIn, channelsOut]),
        how.strides,
        padding(how.padding),
        'NHWC',
        how.dilations,
      );
  const both = tf.slice2d(affine as tf.Tensor2D, [0, 0], [2, channelsOut]);
  let result = affinely(convolved as tf.Tensor4D, both);
  if (residual) result = tf.add(result, residual);
  result = activated(how.activation, result);
  if (!into) return result;
  const offset = how.slabOffset ?? 0;
  const room = (into.shape[3] ?? 0) - offset - channelsOut;
  return tf.concat(
    [
      tf.slice(into, [0, 0, 0, 0], [-1, -1, -1, offset]),
      result,
      tf.slice(into, [0, 0, 0, offset + channelsOut], [-1, -1, -1, room]),
    ],
    3,
  );
}

function doubledConvolution(image: tf.Tensor4D, filters: tf.Tensor, how: Convolution): tf.Tensor {
  const { channelsIn, channelsOut } = how;
  const four = tf.reshape(filters, [4, 2, 2, channelsIn, channelsOut]);
  const phase = (y: number, x: number) => {
    const filter = tf.reshape(tf.slice(four, [2 * y + x, 0, 0, 0, 0], [1, -1, -1, -1, -1]), [
      2,
      2,
      channelsIn,
      channelsOut,
    ]) as tf.Tensor4D;
    const sides = { top: 1 - y, bottom: y, left: 1 - x, right: x };
    return tf.conv2d(image, filter, 1, padding(sides));
  };
  return together([phase(0, 0), phase(0, 1), phase(1, 0), phase(1, 1)]);
}

/**
 * Quarters of an image, [n, height, width, channels] each: even rows and columns, even and odd, odd and even,
 * odd and odd.
 */
function together([even, evenOdd, oddEven, odd]: tf.Tensor[]): tf.Tensor {
  if (!even || !evenOdd || !oddEven || !odd) throw new Error('a quarter is missing');
  const [count = 0, height = 0, width = 0, channels = 0] = even.shape;
  const lines = [tf.stack([even, evenOdd], 3), tf.stack([oddEven, odd], 3)];
  return tf.reshape(tf.stack(lines, 2), [count, 2 * height, 2 * width, channels]);
}

function interleave({ activation }: Interleave, quarters: tf.Tensor[]): tf.Tensor {
  const image = together(quarters);
  return activated(activation, quarters[4] ? tf.add(image, quarters[4]) : image);
}

function depthwise(how: Depthwise, inputs: tf.Tensor[]): tf.Tensor {
  const { image, filter, bias } = partsOf(how.parts, inputs) as Partial<
    Record<Depthwise['parts'][number], tf.Tensor>
  >;
  const seen = activated(how.before, image as tf.Tensor4D);
  const filters = tf.reshape(filter as tf.Tensor, [...how.size, how.channels, 1]) as tf.Tensor4D;
  const result = tf.depthwiseConv2d(seen, filters, how.strides, padding(how.padding), 'NHWC', how.dilations);
  return activated(how.activation, bias ? tf.add(result, bias) : result);
}

function average({ keepsSides }: Average, [image]: tf.Tensor[]): tf.Tensor {
  if (!image) throw new Error('no image');
  const axes = image.shape.map((_, axis) => axis).slice(1, -1);
  return tf.mean(image, axes, keepsSides);
}

function gate(how: Gate, [means, ...layers]: tf.Tensor[]): tf.Tensor {
  if (!means) throw new Error('no means');
  const [first, second] = how.activations;
  const layer = (x: tf.Tensor, at: 0 | 1, width: number) => {
    const filter = unpacked(layers[2 * at] as tf.Tensor, how.stored[at], width);
    const affine = tf.slice2d(layers[2 * at + 1] as tf.Tensor2D, [0, 0], [2, width]);
    return affinely(tf.matMul(x, filter), affine);
  };
  const vectors = tf.reshape(means, [-1, how.channels]);
  const squeezed = activated(first, layer(vectors, 0, how.inner));
  return tf.reshape(activated(second, layer(squeezed, 1, how.channels)), means.shape);
}

function scaleShift({ gated, activation }: ScaleShift, [image, entry, gates]: tf.Tensor[]): tf.Tensor {
  if (!image || !entry) throw new Error('a part is missing');
  const channels = image.shape[3] as number;
  const through = gated ? tf.mul(image, tf.reshape(gates as tf.Tensor, [-1, 1, 1, channels])) : image;
  return activated(activation, affinely(through, entry));
}

function slab({ channels }: Slab, [image]: tf.Tensor[]): tf.Tensor {
  if (!image) throw new Error('no image');
  // What is not written yet may be anything.
  const room = channels - (image.shape[3] as number);
  return tf.pad(
    image,
    [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, room],
    ],
    Number.NaN,
  );
}

/** Of [2, channels]. */
function affinely<T extends tf.Tensor>(x: T, both: tf.Tensor): T {
  const [factor, offset] = tf.unstack(both) as [tf.Tensor, tf.Tensor];
  return tf.add(tf.mul(x, factor), offset) as T;
}

function activated<T extends tf.Tensor>(activation: Activation, x: T): T {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return tf.relu(x);
    case 'relu6':
      return tf.relu6(x);
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'swish':
      return tf.mul(x, tf.sigmoid(x)) as T;
  }
}

/** [rows, channels] of a packed filter. */
function unpacked(filter: tf.Tensor, stored: Convolution['stored'], channels: number): tf.Tensor2D {
  const rows = filter.shape[0] as number;
  const width = fourfold(channels);
  const values = filter.dataSync();
  const numbers =
    stored === 'float32'
      ? Float32Array.from(values)
      : Float32Array.from(new Uint8Array(Int32Array.from(values).buffer), (byte) => byte - 128);
  return tf.slice2d(tf.tensor2d(numbers, [rows, width]), [0, 0], [rows, channels]);
}

function padding(sides: Padding) {
  if (sides === 'same') return 'same';
  const { top, bottom, left, right } = sides;
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ] as tf.backend_util.ExplicitPadding;
}
