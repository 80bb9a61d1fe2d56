import { integers } from './attributes';
import type { GraphNode } from './graph';
import type { Window } from './window';

/**
 * The operations that TensorFlow.js lacks and the rewrites put into a graph. `webgpu/kernels` and
 * `wasm/kernels.ts` compute them. Images are NHWC.
 */

export type Activation = 'linear' | 'relu' | 'relu6' | 'sigmoid' | 'swish';

/** What the inputs of a convolution are, in the order of the node's inputs. */
export type ConvolutionPart =
  /** The image. */
  | 'image'
  /**
   * [height * width * channels in, channels out rounded up to 4], float32, or four bytes a number in int32.
   */
  | 'filter'
  /** [2, channels out rounded up to 4]: a factor and an offset for each channel of the result. */
  | 'affine'
  /** [2, channels in]: a factor and an offset for each channel of the image, before `before`. */
  | 'entry'
  /** [n, channels in]: a factor for each channel of each image, after `before`. */
  | 'gate'
  /** Of the result's shape: added to it before the activation. */
  | 'residual'
  /** [n, height, width, more channels]: the result becomes some of its channels, from `slabOffset` on. */
  | 'slab';

export interface Convolution extends Window {
  parts: ConvolutionPart[];
  channelsIn: number;
  channelsOut: number;
  /** What the filter is stored as. A byte stands for itself minus 128. */
  stored: 'float32' | 'bytes';
  activation: Activation;
  /** Of the image, behind its entry. */
  before: Activation;
  /** The image has more channels than are read; the first ones count. */
  prefix?: boolean;
  slabOffset?: number;
  /**
   * The image is twice as small as it counts, each pixel standing for four. `size` is 2 by 2, and there are
   * four filters after each other, for the even and odd rows, and columns, of the result.
   */
  doubled?: boolean;
}

type DepthwisePart = 'image' | 'filter' | 'bias';

/** Each channel by itself: filter [height, width, channels], bias [channels]. */
export interface Depthwise extends Window {
  parts: DepthwisePart[];
  channels: number;
  activation: Activation;
  /** Of the image. */
  before: Activation;
}

/**
 * [n, height, width, channels] or [n, length, channels] to its mean over all but the first and last, in the
 * shape that is asked for.
 */
export interface Average {
  keepsSides: boolean;
}

/**
 * Squeeze and excitation without its product: [n, 1, 1, channels] through two layers of 1 by 1 convolution to
 * a factor for each channel. Inputs: the means, then filter and affine of each layer, as convolutions have
 * them.
 */
export interface Gate {
  channels: number;
  inner: number;
  stored: [Convolution['stored'], Convolution['stored']];
  activations: [Activation, Activation];
}

/**
 * (image * gate) * factor + offset, then an activation. Inputs: image, [2, channels] factors and offsets, and
 * a gate where there is one.
 */
export interface ScaleShift {
  gated: boolean;
  activation: Activation;
}

/** An image with room for more channels behind its own. Inputs: the image. */
export interface Slab {
  channels: number;
}

/**
 * One image of four, each a quarter of it: the pixels of even rows and even columns, even and odd, odd and
 * even, odd and odd. Inputs: the four, and an image of twice their size that is added, where there is one.
 */
export interface Interleave {
  activation: 'linear' | 'relu' | 'relu6';
}

export interface Operations {
  LentigoConvolution: Convolution;
  LentigoDepthwise: Depthwise;
  LentigoAverage: Average;
  LentigoGate: Gate;
  LentigoScaleShift: ScaleShift;
  LentigoSlab: Slab;
  LentigoInterleave: Interleave;
}

export type OperationName = keyof Operations;

export const operationNames = [
  'LentigoConvolution',
  'LentigoDepthwise',
  'LentigoAverage',
  'LentigoGate',
  'LentigoScaleShift',
  'LentigoSlab',
  'LentigoInterleave',
] as const satisfies OperationName[];

/**
 * A node of one of these operations. How it computes is one attribute: the characters of JSON, as numbers,
 * because TensorFlow.js makes every text lower-case (`parseStringParam` in its operation_mapper.ts).
 */
export function operationNode<Name extends OperationName>(
  op: Name,
  name: string,
  input: string[],
  how: Operations[Name],
): GraphNode {
  const characters = Array.from(JSON.stringify(how), (character) => character.charCodeAt(0));
  return { name, op, input, attr: { how: { list: { i: characters } } } };
}

/** How a node computes, where it is of that operation; null for other nodes. */
export function operationOf<Name extends OperationName>(
  op: Name,
  node: GraphNode | undefined,
): Operations[Name] | null {
  if (node?.op !== op) return null;
  const how = known.get(node) ?? parseHow(integers(node, 'how'));
  known.set(node, how as never);
  return how;
}

/** Nodes never change. */
const known = new WeakMap<GraphNode, never>();

/** The attribute of a node, as it computes. */
export const parseHow = (characters: number[]) => JSON.parse(String.fromCharCode(...characters));
