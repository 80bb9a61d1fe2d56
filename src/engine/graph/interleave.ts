import { texts, windowAttributes } from './attributes';
import { doubledParts, fourFilters, laterChannels } from './doubled';
import { Editor } from './editor';
import type { Graph, GraphNode, Weight } from './graph';
import { type Interleave, operationNode } from './operations';
import { windowOf } from './window';

const activations: Record<string, Interleave['activation']> = { Relu: 'relu', Relu6: 'relu6' };

/**
 * Computes the 3 by 3 convolution behind an image of twice the size on the image as it was, like
 * `ownUpsampling`, with TensorFlow.js's own convolutions: one for each quarter of the result, which are put
 * together afterwards.
 */
export function interleaveUpsampling(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    const plain = plainConvolution(editor, node);
    const parts = plain && doubledParts(editor, node, plain.image);
    if (!plain || !parts) continue;
    const { filter, bias, activation } = plain;
    const [, , all = 0, columns = 0] = filter.shape;
    const channels = editor.shape(parts.small)?.[3] ?? 0;
    const alone = parts.beside === null;
    const none = { ...bias, values: () => new Float32Array(columns) };
    // Either the quarters or what is beside them has the offset; the activation comes last of all.
    editor.add(`${node.name}/bias`, alone ? bias : none);
    const fused = alone && activation !== 'linear' ? ['BiasAdd', ...plain.fused] : ['BiasAdd'];
    const quarters = [0, 1, 2, 3].map((phase) => {
      const [name, own] = [`${node.name}/quarter${phase}`, `${node.name}/filter${phase}`];
      editor.add(own, quarterOf(filter, phase, channels));
      const [y, x] = [phase >> 1, phase & 1];
      const padding = { top: 1 - y, left: 1 - x, bottom: y, right: x };
      editor.replace(convolution(name, [parts.small, own, `${node.name}/bias`], { fused, padding }));
      return name;
    });
    if (parts.beside !== null) {
      const [name, own, offset] = [`${node.name}/beside`, `${node.name}/others`, `${node.name}/offset`];
      const values = () => laterChannels(filter.values() as Float32Array, all, channels, columns);
      editor.add(own, { ...filter, shape: [3, 3, all - channels, columns], values });
      editor.add(offset, bias);
      const padding = { top: 1, left: 1, bottom: 1, right: 1 };
      editor.replace(convolution(name, [parts.beside, own, offset], { fused: ['BiasAdd'], padding }));
      quarters.push(name);
    }
    const how = { activation: alone ? 'linear' : activation } as const;
    editor.replace(operationNode('LentigoInterleave', node.name, quarters, how));
  }
  return editor.finish();
}

function convolution(name: string, input: string[], how: Parameters<typeof windowAttributes>[0]): GraphNode {
  return { name, op: '_FusedConv2D', input, attr: windowAttributes(how) };
}

interface PlainConvolution {
  image: string;
  filter: Weight;
  bias: Weight;
  activation: Interleave['activation'];
  /** What is fused into it behind the bias. */
  fused: string[];
}

/**
 * 3 by 3, one pixel after the other, one row of zeros around, an activation that `LentigoInterleave` knows.
 */
function plainConvolution(editor: Editor, node: GraphNode): PlainConvolution | null {
  if (node.op !== '_FusedConv2D') return null;
  const [image = '', filterName, biasName] = node.input ?? [];
  const [filter, bias] = [editor.weight(filterName), editor.weight(biasName)];
  const [first, ...fused] = texts(node, 'fused_ops');
  const activation = fused.length === 0 ? 'linear' : activations[fused.join()];
  const [height = 0, width = 0] = filter?.shape ?? [];
  const window = windowOf(node, [height, width]);
  if (!filter || !bias || !window || first !== 'BiasAdd' || !activation) return null;
  const { padding, strides, dilations } = window;
  const around = padding === 'same' || Object.values(padding).every((side) => side === 1);
  const ones = [...strides, ...dilations].every((step) => step === 1);
  return height === 3 && width === 3 && around && ones ? { image, filter, bias, activation, fused } : null;
}

/** [2, 2, channels, channels out] for one quarter of the result. */
function quarterOf(filter: Weight, phase: number, channels: number): Weight {
  const [, , all = 0, columns = 0] = filter.shape;
  const length = 4 * channels * columns;
  const values = () =>
    fourFilters(filter.values() as Float32Array, all, channels, columns).slice(
      phase * length,
      (phase + 1) * length,
    );
  return { shape: [2, 2, channels, columns], dtype: 'float32', after: filter.after, values };
}
