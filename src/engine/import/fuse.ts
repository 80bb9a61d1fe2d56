import { Editor } from '../graph/editor';
import { type Graph, type GraphNode, sizeOf, type Weight } from '../graph/graph';
import { texts } from './attributes';

/**
 * Folds what follows a convolution into it: factors and offsets of channels (a bias, a batch normalisation),
 * then ReLU or ReLU6. The answers stay the same but for rounding.
 */
export function fuseConvolutions(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    const fused = fusedNames[node.op];
    if (fused) fuse(editor, node, fused);
  }
  return editor.finish();
}

const fusedNames: Record<string, string> = {
  Conv2D: '_FusedConv2D',
  DepthwiseConv2dNative: 'FusedDepthwiseConv2dNative',
};

function fuse(editor: Editor, node: GraphNode, op: string): void {
  const [image = '', filterName = ''] = node.input ?? [];
  const filter = editor.weight(filterName);
  if (filter?.dtype !== 'float32' || filter.shape.length !== 4) return;
  const depthwise = node.op === 'DepthwiseConv2dNative';
  const channels = depthwise
    ? (filter.shape[2] as number) * (filter.shape[3] as number)
    : (filter.shape[3] as number);
  const scale = new Float64Array(channels).fill(1);
  const offset = new Float64Array(channels);
  let last = node;
  for (let next = editor.onlyReader(last.name); next; next = editor.onlyReader(last.name)) {
    const numbers = besideOf(editor, next, last.name, channels);
    if (!numbers) break;
    for (let at = 0; at < channels; at++) {
      const number = numbers[at % numbers.length] as number;
      if (next.op === 'Mul') {
        scale[at] = (scale[at] as number) * number;
        offset[at] = (offset[at] as number) * number;
      } else offset[at] = (offset[at] as number) + number;
    }
    last = next;
  }
  const after = editor.onlyReader(last.name);
  const activation = after?.op === 'Relu' || after?.op === 'Relu6' ? after : null;
  if (last === node && !activation) return;
  const name = (activation ?? last).name;
  const ops = ['BiasAdd', ...(activation ? [activation.op] : [])];
  editor.add(`${name}/folded_filter`, scaled(filter, scale));
  editor.add(`${name}/folded_bias`, vector(Float32Array.from(offset)));
  editor.replace({
    ...node,
    name,
    op,
    input: [image, `${name}/folded_filter`, `${name}/folded_bias`],
    attr: { ...node.attr, fused_ops: texts(ops), num_args: { i: '1' }, epsilon: { f: 0 } },
  });
}

/** The constant that a product or sum has beside a value, where it is a number for each channel or for all. */
function besideOf(editor: Editor, node: GraphNode, value: string, channels: number): Float32Array | null {
  if (!['Mul', 'AddV2', 'Add', 'BiasAdd'].includes(node.op) || node.input?.length !== 2) return null;
  const other = editor.weight(node.input.find((name) => name !== value));
  if (other?.dtype !== 'float32' || other.shape.length > 4) return null;
  const size = sizeOf(other.shape);
  return size === 1 || (size === channels && other.shape.at(-1) === channels)
    ? (other.values() as Float32Array)
    : null;
}

function scaled(filter: Weight, scale: Float64Array): Weight {
  if (scale.every((factor) => factor === 1)) return filter;
  const channels = scale.length;
  const values = (filter.values() as Float32Array).slice();
  // A plain loop: `Float32Array.from` takes thirty times as long.
  for (let at = 0; at < values.length; at++)
    values[at] = (values[at] as number) * (scale[at % channels] as number);
  return { shape: filter.shape, dtype: 'float32', after: 0, values: () => values };
}

const vector = (values: Float32Array): Weight => ({
  shape: [values.length],
  dtype: 'float32',
  after: 0,
  values: () => values,
});
