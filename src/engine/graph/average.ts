import { flag, integers } from './attributes';
import { Editor } from './editor';
import type { Graph, GraphNode } from './graph';
import { operationNode } from './operations';

/**
 * Turns means over a whole image, which TensorFlow.js computes on WebGPU by transposing it first, into our
 * own operation.
 */
export function ownAverages(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    const [image = ''] = node.input ?? [];
    const keepsSides =
      isGlobalPool(editor, node) || (isGlobalMean(editor, node) ? flag(node, 'keep_dims') : null);
    if (keepsSides === null) continue;
    editor.replace(operationNode('LentigoAverage', node.name, [image], { keepsSides }));
  }
  return editor.finish();
}

/** A pool as large as the image without a border has nowhere to walk. */
function isGlobalPool(editor: Editor, node: GraphNode): boolean {
  if (node.op !== 'AvgPool') return false;
  const [, height, width] = editor.shape(node.input?.[0] ?? '') ?? [];
  const [, poolHeight, poolWidth] = integers(node, 'ksize');
  const [, outHeight, outWidth] = editor.shape(node.name) ?? [];
  return height === poolHeight && width === poolWidth && outHeight === 1 && outWidth === 1;
}

function isGlobalMean(editor: Editor, node: GraphNode): boolean {
  if (node.op !== 'Mean') return false;
  const rank = editor.shape(node.input?.[0] ?? '')?.length;
  const axes = editor.weight(node.input?.[1])?.values();
  if (!axes || rank === undefined || rank < 3) return false;
  const over = new Set([...axes].map((axis) => (axis < 0 ? axis + rank : axis)));
  return over.size === rank - 2 && !over.has(0) && !over.has(rank - 1);
}
