import type { Sides } from '../attributes';
import { float, integer } from '../attributes';
import { batchNormalisation, convolution, globalPool, padded, pool, product, sameLower } from '../operations';
import { permuted } from './constant';
import type { OnnxNode } from './file';
import {
  asFloats,
  floatAttribute,
  integerAttribute,
  integersAttribute,
  nameOf,
  refuse,
  type Translator,
} from './translator';

/** Operators over images: what they are is in https://github.com/onnx/onnx/blob/main/docs/Operators.md */

export type Rule = (translator: Translator, node: OnnxNode) => void;

interface OnnxWindow {
  size: [number, number];
  strides: [number, number];
  dilations: [number, number];
  padding: 'same' | Sides;
  beyond: [number, number];
}

function windowOf(node: OnnxNode, image: readonly number[], kernel: readonly number[]): OnnxWindow {
  const two = (name: string, otherwise: number): [number, number] => {
    const numbers = integersAttribute(node, name) ?? [otherwise, otherwise];
    const [first = 0, second = 0] = numbers;
    if (numbers.length !== 2 || numbers.some((number) => !Number.isInteger(number) || number < 1))
      refuse(node, `${name} is [${numbers}], and is only run over images`);
    return [first, second];
  };
  const [height = 0, width = 0] = kernel;
  if (kernel.length !== 2) refuse(node, 'is only run over images of two sides');
  const window = {
    size: [height, width] as [number, number],
    strides: two('strides', 1),
    dilations: two('dilations', 1),
  };
  const sides: [number, number] = [image[1] ?? 0, image[2] ?? 0];
  const beyond: [number, number] = [0, 0];
  const word = node.attributes.get('auto_pad')?.text ?? 'NOTSET';
  if (word === 'SAME_UPPER') return { ...window, padding: 'same', beyond };
  if (word === 'SAME_LOWER') return { ...window, padding: sameLower(sides, window), beyond };
  const pads = word === 'VALID' ? [0, 0, 0, 0] : (integersAttribute(node, 'pads') ?? [0, 0, 0, 0]);
  const [top = 0, left = 0, bottom = 0, right = 0] = pads;
  if (pads.length !== 4 || pads.some((pad) => !Number.isInteger(pad) || pad < 0))
    refuse(node, `pads is [${pads}]`);
  const padding = { top, left, bottom, right };
  if (integerAttribute(node, 'ceil_mode', 0) === 1) {
    for (const axis of [0, 1] as const) {
      const [before, after] = axis === 0 ? [top, bottom] : [left, right];
      const reach = (window.size[axis] - 1) * window.dilations[axis] + 1;
      const rest = sides[axis] + before + after - reach;
      let steps = Math.ceil(rest / window.strides[axis]);
      // A window that begins in the zeros at the end is left out.
      if (steps * window.strides[axis] >= sides[axis] + before) steps -= 1;
      beyond[axis] = Math.max(0, steps * window.strides[axis] - rest);
    }
    padding.bottom += beyond[0];
    padding.right += beyond[1];
  }
  return { ...window, padding, beyond };
}

function pooling(op: 'MaxPool' | 'AvgPool'): Rule {
  return (t, node) => {
    const image = t.image(node, 0);
    const window = windowOf(node, t.builder.shape(image), integersAttribute(node, 'kernel_shape') ?? []);
    if (window.dilations.some((step) => step !== 1)) refuse(node, 'has dilations');
    const countsZeros = integerAttribute(node, 'count_include_pad', 0) === 1;
    if (countsZeros && window.padding === 'same') refuse(node, 'counts the zeros of auto_pad');
    t.give(node, pool(t.builder, op, nameOf(node), image, { ...window, countsZeros }), 'image');
  };
}

function globalPooling(op: 'Mean' | 'Max'): Rule {
  return (t, node) => {
    const image = t.image(node, 0);
    t.give(node, globalPool(t.builder, op, nameOf(node), image, true), 'image');
  };
}

/** alpha * A * B + beta * C of matrices, either of the first two turned. */
const gemm: Rule = (t, node) => {
  const { builder } = t;
  const [alpha, beta] = [floatAttribute(node, 'alpha', 1), floatAttribute(node, 'beta', 1)];
  if (integerAttribute(node, 'transA', 0) !== 0) refuse(node, 'turns its first matrix');
  const weights = t.constant(node, 1);
  const turned = integerAttribute(node, 'transB', 0) === 1 ? permuted(weights, [1, 0]) : weights;
  if (turned.shape.length !== 2) refuse(node, 'needs a matrix of weights');
  const values = asFloats(turned);
  const [rows = 0, columns = 0] = turned.shape;
  const scaled = alpha === 1 ? values : values.map((value) => alpha * value);
  let bias: Float32Array | null = null;
  if (t.has(node, 2)) {
    const given = t.floats(node, 2);
    if (given.length !== columns && given.length !== 1) refuse(node, 'adds more than a number a column');
    bias = Float32Array.from(
      { length: columns },
      (_, at) => beta * (given[given.length === 1 ? 0 : at] as number),
    );
  }
  const x = t.plain(node, 0);
  t.give(node, product(builder, nameOf(node), x, { shape: [rows, columns], values: scaled }, bias), 'plain');
};

const pad: Rule = (t, node) => {
  const mode = node.attributes.get('mode')?.text ?? 'constant';
  if (mode !== 'constant') refuse(node, `pads by "${mode}"`);
  const value = t.value(node, 0);
  const rank = t.shape(value).length;
  const given = t.has(node, 1) ? t.integers(node, 1) : (integersAttribute(node, 'pads') ?? []);
  const axes = t.has(node, 3) ? t.integers(node, 3) : Array.from({ length: rank }, (_, axis) => axis);
  if (given.length !== 2 * axes.length || given.some((side) => !Number.isInteger(side) || side < 0))
    refuse(node, `pads is [${given.slice(0, 16)}]`);
  const sides = new Array<number>(2 * rank).fill(0);
  axes.forEach((axis, at) => {
    sides[2 * (axis < 0 ? axis + rank : axis)] = given[at] as number;
    sides[2 * (axis < 0 ? axis + rank : axis) + 1] = given[at + axes.length] as number;
  });
  const filler = t.has(node, 2) ? (t.floats(node, 2)[0] ?? 0) : floatAttribute(node, 'value', 0);
  if (rank !== 4) refuse(node, 'is only run over images of four axes');
  const ordered = [0, 2, 3, 1].flatMap((axis) => sides.slice(2 * axis, 2 * axis + 2));
  t.give(node, padded(t.builder, nameOf(node), t.image(node, 0), ordered, filler), 'image');
};

export const imageRules: Record<string, Rule> = {
  Conv(t, node) {
    const image = t.image(node, 0);
    const weights = t.constant(node, 1);
    if (weights.shape.length !== 4) refuse(node, 'is only run over images of two sides');
    // [out, in, height, width] becomes [height, width, in, out].
    const turned = permuted(weights, [2, 3, 1, 0]);
    const [height = 0, width = 0] = turned.shape;
    const window = windowOf(node, t.builder.shape(image), [height, width]);
    const filter = {
      shape: turned.shape as [number, number, number, number],
      values: asFloats(turned),
    };
    const bias = t.has(node, 2) ? t.floats(node, 2) : null;
    const groups = integerAttribute(node, 'group', 1);
    t.give(node, convolution(t.builder, nameOf(node), image, filter, window, { groups, bias }), 'image');
  },
  Gemm: gemm,
  BatchNormalization(t, node) {
    const value = t.value(node, 0);
    const image = t.shape(value).length === 4;
    const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((index) => t.floats(node, index)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    if (!image && t.shape(value).length !== 2) refuse(node, 'is only run over images and vectors');
    const x = image ? t.image(node, 0) : t.plain(node, 0);
    const epsilon = floatAttribute(node, 'epsilon', 1e-5);
    const result = batchNormalisation(t.builder, nameOf(node), x, { gamma, beta, mean, variance }, epsilon);
    t.give(node, result, image ? 'image' : 'plain');
  },
  MaxPool: pooling('MaxPool'),
  AveragePool: pooling('AvgPool'),
  GlobalAveragePool: globalPooling('Mean'),
  GlobalMaxPool: globalPooling('Max'),
  Pad: pad,
  LRN(t, node) {
    const size = integerAttribute(node, 'size', 0);
    if (size % 2 !== 1) refuse(node, `has a size of ${size}`);
    const attributes = {
      depth_radius: integer((size - 1) / 2),
      bias: float(floatAttribute(node, 'bias', 1)),
      // ONNX divides by the size, TensorFlow does not.
      alpha: float(floatAttribute(node, 'alpha', 1e-4) / size),
      beta: float(floatAttribute(node, 'beta', 0.75)),
    };
    t.give(node, t.builder.add('LRN', nameOf(node), [t.image(node, 0)], attributes), 'image');
  },
};
