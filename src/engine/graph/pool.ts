import { texts } from './attributes';
import { Editor } from './editor';
import type { Graph, GraphNode } from './graph';
import { windowOf } from './window';

/**
 * Lets an average pool behind a 1 by 1 convolution come before it: the mean of sums is the sum of means, and
 * the convolution has fewer pixels to compute.
 */
export function poolFirst(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    if (node.op !== '_FusedConv2D' && node.op !== 'Conv2D') continue;
    const pool = editor.onlyReader(node.name);
    const [image = '', ...others] = node.input ?? [];
    if (!pool || !isPlainPool(pool) || !isPlainConvolution(editor, node) || editor.isOutput(node.name))
      continue;
    const before = `${pool.name}/first`;
    editor.replace({ ...pool, name: before, input: [image] });
    editor.replace({ ...node, name: pool.name, input: [before, ...others] });
  }
  return editor.finish();
}

/** Without a border, where a mean would be over fewer pixels. */
function isPlainPool(node: GraphNode): boolean {
  const padding = node.op === 'AvgPool' && windowOf(node, [1, 1])?.padding;
  return typeof padding === 'object' && Object.values(padding).every((side) => side === 0);
}

/** 1 by 1, every pixel, no activation. */
function isPlainConvolution(editor: Editor, node: GraphNode): boolean {
  const [height, width] = editor.shape(node.input?.[1] ?? '') ?? [];
  const { strides, padding } = windowOf(node, [1, 1]) ?? {};
  const whole = padding === 'same' || (padding && Object.values(padding).every((side) => side === 0));
  const linear = texts(node, 'fused_ops').every((fused) => fused === 'BiasAdd');
  return height === 1 && width === 1 && strides?.join() === '1,1' && whole === true && linear;
}
