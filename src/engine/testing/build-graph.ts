import * as tf from '@tensorflow/tfjs-core';
import { constant } from '../graph/editor';
import { type Graph, type GraphNode, sizeOf, type Weight } from '../graph/graph';
import { type Rewrite, rewriteGraph } from '../graph/rewrite';
import { Network } from '../network';
import { modelOf } from '../package/instantiate';
import type { Values } from '../pass';
import { base64, generator, node, placeholder } from './build-package';
import { nextSeed } from './seeds';

/** Small graphs for the rewrites, and what they answer. */

interface Parts {
  /** Placeholders by their shapes, -1 for the number of images. */
  inputs: Record<string, number[]>;
  weights: Record<string, Weight>;
  nodes: GraphNode[];
  outputs: string[];
}

export function buildGraph({ inputs, weights, nodes, outputs }: Parts): Graph {
  return {
    nodes: [
      ...Object.entries(inputs).map(([name, shape]) => placeholder(name, shape)),
      ...Object.entries(weights).map(constant),
      ...nodes,
    ],
    weights: new Map(Object.entries(weights)),
    outputs: new Set(outputs),
  };
}

/** Numbers between -1 and 1, others in every weight and the same in every run. */
export function someFloats(...shape: number[]): Weight {
  const random = generator(nextSeed());
  const numbers = Float32Array.from({ length: sizeOf(shape) }, () => 2 * random() - 1);
  return { shape, dtype: 'float32', after: 0, values: () => numbers };
}

/** The same, stored in bytes as packages store int8. */
export function someBytes(...shape: number[]): Weight {
  const random = generator(nextSeed());
  const stored = Uint8Array.from({ length: sizeOf(shape) }, () => Math.floor(256 * random()));
  const values = () => Float32Array.from(stored, (byte) => byte - 128);
  return { shape, dtype: 'float32', after: 0, values, bytes: { read: () => stored, scale: 1, min: -128 } };
}

export function theInts(...numbers: number[]): Weight {
  return { shape: [numbers.length], dtype: 'int32', after: 0, values: () => Int32Array.from(numbers) };
}

export function theNumber(number: number, dtype: 'int32' | 'float32' = 'int32'): Weight {
  const values = () => (dtype === 'int32' ? Int32Array.of(number) : Float32Array.of(number));
  return { shape: [], dtype, after: 0, values };
}

const list = (...numbers: number[]) => ({ list: { i: numbers.map(String) } });

/**
 * Attributes of a convolution or pool with these strides and zeros around: a number for every side, or one of
 * TensorFlow's words.
 */
export function window(
  stride = 1,
  padding: 'SAME' | 'VALID' | number = 'SAME',
  { size, dilation = 1, fused }: { size?: number; dilation?: number; fused?: string[] } = {},
) {
  const sides = typeof padding === 'number' ? [0, 0, padding, padding, padding, padding, 0, 0] : null;
  return {
    strides: list(1, stride, stride, 1),
    dilations: list(1, dilation, dilation, 1),
    data_format: { s: base64('NHWC') },
    padding: { s: base64(sides ? 'EXPLICIT' : (padding as string)) },
    ...(sides ? { explicit_paddings: list(...sides) } : {}),
    ...(size ? { ksize: list(1, size, size, 1) } : {}),
    ...(fused ? { fused_ops: { list: { s: fused.map(base64) } }, num_args: { i: '1' } } : {}),
  };
}

export { node };

/** Numbers between -2 and 2. */
export function someValues(...shape: number[]): Values {
  const random = generator(nextSeed());
  return { shape, data: Float32Array.from({ length: sizeOf(shape) }, () => 4 * random() - 2) };
}

/** What a graph answers on the back end in use, output by output. */
export async function answersOf(graph: Graph, inputs: Record<string, Values>): Promise<Values[]> {
  const tensors = Object.fromEntries(
    [...graph.weights].map(([name, { shape, dtype, values }]) => [name, tf.tensor(values(), shape, dtype)]),
  );
  const modelTopology = { node: graph.nodes, library: {}, versions: { producer: 1 } };
  const signature = {
    inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, { name: `${name}:0` }])),
  };
  const network = new Network(modelOf({ modelTopology, signature: signature as object }, tensors));
  try {
    return await network.forward(inputs, [...graph.outputs]);
  } finally {
    network.dispose();
  }
}

/** The largest difference between two answers, beside their size; infinite where their shapes differ. */
export function difference(a: readonly Values[], b: readonly Values[]): number {
  const each = a.map(({ shape, data }, index) => {
    const other = b[index];
    if (!other || shape.join() !== other.shape.join()) return Number.POSITIVE_INFINITY;
    const size = Math.max(1, ...data.map(Math.abs));
    return Math.max(...data.map((value, at) => Math.abs(value - (other.data[at] ?? Number.NaN)))) / size;
  });
  return Math.max(...each);
}

/** The graph after some rewrites, with how far its answers are from those before. */
export async function rewritten(
  graph: Graph,
  rewrites: Rewrite[],
  inputs: Record<string, Values>,
): Promise<{ graph: Graph; ops: string[]; difference: number }> {
  const after = rewrites.reduce((before, rewrite) => rewrite(before), graph);
  const [expected, actual] = [
    await answersOf(rewriteGraph(graph, 'plain'), inputs),
    await answersOf(after, inputs),
  ];
  const ops = after.nodes.map(({ op }) => op).filter((op) => op !== 'Const' && op !== 'Placeholder');
  return { graph: after, ops: ops.sort(), difference: difference(expected, actual) };
}
