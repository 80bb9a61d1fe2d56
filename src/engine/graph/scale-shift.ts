import { windowAttributes } from './attributes';
import { Editor } from './editor';
import { gatedImage } from './gate';
import { type Graph, type GraphNode, sizeOf, type Weight } from './graph';
import { operationNode, operationOf } from './operations';

/** A factor and an offset a channel, which are what is left of a batch normalisation before a convolution. */
interface ScaledImage {
  image: string;
  factor: Weight;
  offset: Weight;
  /** The product of image and factor, which nobody else reads, and the sum. */
  product: GraphNode;
  sum: GraphNode;
}

/** Makes one operation of a factor and an offset, for WebGPU. */
export function ownScaleShifts(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const { image, factor, offset, product, sum } of scaledImages(graph, editor)) {
    const entry = `${sum.name}/entry`;
    editor.add(entry, pair(factor, offset));
    const gated = gatedImage(editor, editor.node(image));
    const whole = gated && editor.onlyReader(image) === product ? gated : null;
    const input = whole ? [whole.image, entry, whole.gate] : [image, entry];
    editor.replace(
      operationNode('LentigoScaleShift', sum.name, input, { gated: whole !== null, activation: 'linear' }),
    );
  }
  return editor.finish();
}

/**
 * Makes one operation of them and the ReLU behind them, of those that TensorFlow.js has: a convolution of
 * each channel by itself that sees one pixel. Its WASM back end has a kernel for just that (XNNPACK's
 * vmulcaddc).
 */
export function scaleByConvolution(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const { image, factor, offset, sum } of scaledImages(graph, editor)) {
    const reader = editor.onlyReader(sum.name);
    const relu = reader?.op === 'Relu' || reader?.op === 'Relu6' ? reader : null;
    const [filter, bias] = [`${sum.name}/factor`, `${sum.name}/offset`];
    const channels = sizeOf(factor.shape);
    editor.add(filter, { ...factor, shape: [1, 1, channels, 1] });
    editor.add(bias, { ...offset, shape: [channels] });
    const fused = relu ? ['BiasAdd', relu.op] : ['BiasAdd'];
    editor.replace({
      name: relu?.name ?? sum.name,
      op: 'FusedDepthwiseConv2dNative',
      input: [image, filter, bias],
      attr: windowAttributes({ fused }),
    });
  }
  return editor.finish();
}

function scaledImages(graph: Graph, editor: Editor): ScaledImage[] {
  return graph.nodes.flatMap((product) => {
    const scaled = byConstant(editor, product, 'Mul');
    const sum = scaled && editor.onlyReader(product.name);
    const shifted = sum && (byConstant(editor, sum, 'AddV2') ?? byConstant(editor, sum, 'Add'));
    if (!scaled || !shifted || shifted.image !== product.name) return [];
    return [{ image: scaled.image, factor: scaled.weight, offset: shifted.weight, product, sum }];
  });
}

/** A value for each channel of an image, by which it is multiplied or which is added. */
function byConstant(editor: Editor, node: GraphNode, op: string): { image: string; weight: Weight } | null {
  if (node.op !== op) return null;
  const [a = '', b = ''] = node.input ?? [];
  for (const [image, name] of [
    [a, b],
    [b, a],
  ] as const) {
    const weight = editor.weight(name);
    const shape = editor.shape(image);
    const channels = shape?.[3];
    if (weight?.dtype !== 'float32' || shape?.length !== 4 || editor.weight(image)) continue;
    if (weight.shape.length <= 4 && weight.shape.at(-1) === channels && sizeOf(weight.shape) === channels)
      return { image, weight };
  }
  return null;
}

/** [2, channels] */
function pair(factor: Weight, offset: Weight): Weight {
  const channels = sizeOf(factor.shape);
  const values = () => {
    const both = new Float32Array(2 * channels);
    both.set(factor.values());
    both.set(offset.values(), channels);
    return both;
  };
  const after = Math.max(factor.after, offset.after);
  return { shape: [2, channels], dtype: 'float32', after, values };
}

/** Lets the 1 by 1 convolution behind a scale and shift compute it on what it reads. */
export function fuseScaleShifts(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    const first = operationOf('LentigoScaleShift', node);
    const reader = editor.onlyReader(node.name);
    const how = operationOf('LentigoConvolution', reader);
    if (!first || first.gated || !reader || !how || how.before !== 'linear') continue;
    if (how.parts.includes('entry') || how.parts.includes('gate')) continue;
    if (!how.size.every((side) => side === 1)) continue;
    const [image = '', entry = ''] = node.input ?? [];
    const [own, ...others] = reader.input ?? [];
    if (own !== node.name || others.includes(node.name)) continue;
    editor.replace(
      operationNode('LentigoConvolution', reader.name, [image, ...others, entry], {
        ...how,
        parts: [...how.parts, 'entry'],
        before: first.activation,
      }),
    );
  }
  return editor.finish();
}
