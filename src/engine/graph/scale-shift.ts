import { Editor } from './editor';
import { gatedImage } from './gate';
import { type Graph, type GraphNode, sizeOf, type Weight } from './graph';
import { operationNode, operationOf } from './operations';

/** Makes one operation of a factor and an offset a channel, which are what is left of a batch normalisation before a convolution. */
export function ownScaleShifts(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    const product = byConstant(editor, node, 'Mul');
    const reader = product && editor.onlyReader(node.name);
    const sum = reader && (byConstant(editor, reader, 'AddV2') ?? byConstant(editor, reader, 'Add'));
    if (!product || !sum || sum.image !== node.name) continue;
    const entry = `${reader.name}/entry`;
    editor.add(entry, pair(product.weight, sum.weight));
    const gated = gatedImage(editor, editor.node(product.image));
    const whole = gated && editor.onlyReader(product.image) === node ? gated : null;
    const input = whole ? [whole.image, entry, whole.gate] : [product.image, entry];
    editor.replace(
      operationNode('LentigoScaleShift', reader.name, input, {
        gated: whole !== null,
        activation: 'linear',
      }),
    );
  }
  return editor.finish();
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
