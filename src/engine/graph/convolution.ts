import { texts } from './attributes';
import { Editor } from './editor';
import { type Graph, type GraphNode, sizeOf, type Weight } from './graph';
import { type Activation, operationNode } from './operations';
import { windowOf } from './window';

/**
 * Turns convolutions whose filters are constants into our own operations, for which there are kernels that do
 * more in one go. A filter that is stored in bytes stays so: its factors move behind the sum, where they are
 * one for each channel of the result.
 */
export function ownConvolutions(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    if (node.op === 'Conv2D' || node.op === '_FusedConv2D') convertConvolution(editor, node);
    if (node.op === 'DepthwiseConv2dNative' || node.op === 'FusedDepthwiseConv2dNative')
      convertDepthwise(editor, node);
  }
  return editor.finish();
}

function convertConvolution(editor: Editor, node: GraphNode): void {
  const [image = '', filterName = '', biasName] = node.input ?? [];
  const stored = storedFilter(editor, filterName);
  const activation = activationOf(node);
  const bias = editor.weight(biasName);
  if (stored?.shape.length !== 4 || activation === null || (biasName && !bias)) return;
  const [height = 0, width = 0, channelsIn = 0, channelsOut = 0] = stored.shape;
  const window = windowOf(node, [height, width]);
  // A filter for fewer channels than there are is one for groups of them.
  if (!window || editor.shape(image)?.[3] !== channelsIn) return;

  const packed = `${filterName}/packed`;
  const affine = `${node.name}/affine`;
  editor.add(packed, stored.packed());
  editor.add(affine, affineOf(stored.factors, bias, channelsOut));
  editor.replace(
    operationNode('LentigoConvolution', node.name, [image, packed, affine], {
      ...window,
      parts: ['image', 'filter', 'affine'],
      channelsIn,
      channelsOut,
      stored: stored.kind,
      activation,
      before: 'linear',
    }),
  );
}

function convertDepthwise(editor: Editor, node: GraphNode): void {
  const [image = '', filterName = '', biasName] = node.input ?? [];
  const filter = editor.weight(filterName);
  const activation = activationOf(node);
  const bias = editor.weight(biasName);
  if (filter?.dtype !== 'float32' || activation === null || (biasName && !bias)) return;
  const [height = 0, width = 0, channels = 0, times] = filter.shape;
  const window = windowOf(node, [height, width]);
  if (!window || times !== 1 || editor.shape(image)?.[3] !== channels) return;
  editor.replace(
    operationNode('LentigoDepthwise', node.name, [image, filterName, ...(biasName ? [biasName] : [])], {
      ...window,
      parts: biasName ? ['image', 'filter', 'bias'] : ['image', 'filter'],
      channels,
      activation,
      before: 'linear',
    }),
  );
}

/** What is fused into a node; null for what our kernels do not know. */
function activationOf(node: GraphNode): Activation | null {
  const [first, second, third] = texts(node, 'fused_ops');
  if (first === undefined) return 'linear';
  if (first !== 'BiasAdd' || third !== undefined) return null;
  return second === undefined ? 'linear' : (activationNames[second] ?? null);
}

export const activationNames: Record<string, Activation> = {
  Relu: 'relu',
  Relu6: 'relu6',
  Sigmoid: 'sigmoid',
};

interface StoredFilter {
  kind: 'float32' | 'bytes';
  shape: number[];
  /** By which each channel of the result is multiplied; null for 1. */
  factors: Weight | null;
  packed(): Weight;
}

/** A constant, or the product of bytes and a factor a channel that packages store. */
function storedFilter(editor: Editor, name: string): StoredFilter | null {
  const filter = editor.weight(name);
  if (filter?.dtype === 'float32')
    return { kind: 'float32', shape: filter.shape, factors: null, packed: () => packedFloats(filter) };
  const node = editor.node(name);
  if (node?.op !== 'Mul') return null;
  const [bytes, factors] = (node.input ?? []).map((input) => editor.weight(input));
  const channels = bytes?.shape.at(-1) ?? 0;
  const fits = bytes?.bytes?.scale === 1 && bytes.bytes.min === -128;
  if (!bytes || !factors || !fits || factors.dtype !== 'float32') return null;
  // One factor a channel of the result, and nothing in front but ones.
  if (sizeOf(factors.shape) !== channels || factors.shape.at(-1) !== channels) return null;
  return { kind: 'bytes', shape: bytes.shape, factors, packed: () => packedBytes(bytes) };
}

/** [rows, channels] with channels rounded up to 4. */
function packedFloats(filter: Weight): Weight {
  const channels = filter.shape.at(-1) ?? 1;
  const rows = sizeOf(filter.shape) / channels;
  const shape = [rows, fourfold(channels)];
  const values = () =>
    inRows(filter.values() as Float32Array, rows, channels, new Float32Array(sizeOf(shape)));
  return { shape, dtype: 'float32', after: filter.after, values };
}

/** Four bytes a number, the first one lowest: [rows, channels / 4 rounded up]. */
function packedBytes({ shape: stored, after, bytes }: Weight): Weight {
  const channels = stored.at(-1) ?? 1;
  const rows = sizeOf(stored) / channels;
  const values = () => {
    const read = bytes?.read() ?? new Uint8Array();
    const packed = inRows(read, rows, channels, new Uint8Array(rows * fourfold(channels)));
    return new Int32Array(packed.buffer, packed.byteOffset, packed.length / 4);
  };
  return { shape: [rows, fourfold(channels) / 4], dtype: 'int32', after, values };
}

/** Rows copied into longer ones. */
function inRows<Numbers extends Float32Array | Uint8Array>(
  from: Numbers,
  rows: number,
  channels: number,
  into: Numbers,
): Numbers {
  const length = into.length / rows;
  if (length === channels) into.set(from);
  else {
    for (let row = 0; row < rows; row++)
      into.set(from.subarray(row * channels, (row + 1) * channels), row * length);
  }
  return into;
}

function affineOf(factors: Weight | null, bias: Weight | undefined, channels: number): Weight {
  const length = fourfold(channels);
  const values = () => {
    const both = new Float32Array(2 * length);
    if (factors) both.set(factors.values());
    else both.fill(1, 0, channels);
    if (bias) both.set(bias.values(), length);
    return both;
  };
  const after = Math.max(factors?.after ?? 0, bias?.after ?? 0);
  return { shape: [2, length], dtype: 'float32', after, values };
}

export const fourfold = (channels: number) => 4 * Math.ceil(channels / 4);
