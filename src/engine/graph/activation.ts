import { activationNames } from './convolution';
import { Editor } from './editor';
import type { Graph, GraphNode } from './graph';
import { type Activation, type OperationName, operationNode, operationOf } from './operations';

const withActivation = ['LentigoConvolution', 'LentigoDepthwise', 'LentigoScaleShift'] as const;

/**
 * Lets our operations compute the activation that follows them: ReLU, ReLU6, sigmoid, and swish, which is x
 * times its sigmoid.
 */
export function fuseActivations(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    for (const op of withActivation) fuse(editor, op, node);
  }
  return editor.finish();
}

function fuse<Op extends (typeof withActivation)[number]>(editor: Editor, op: Op, node: GraphNode): void {
  const how = operationOf(op as OperationName, node) as { activation: Activation } | null;
  if (how?.activation !== 'linear') return;
  const follows = activationAfter(editor, node);
  if (!follows) return;
  const fused = { ...how, activation: follows.activation };
  editor.replace(operationNode(op as OperationName, follows.name, node.input ?? [], fused as never));
}

/** What is done to a value before anybody else reads it, and the name of what comes out. */
function activationAfter(
  editor: Editor,
  { name }: GraphNode,
): { name: string; activation: Activation } | null {
  const reader = editor.onlyReader(name);
  const activation = reader && activationNames[reader.op];
  if (activation) return { name: reader.name, activation };
  const swish = swishAfter(editor, name);
  return swish ? { name: swish.name, activation: 'swish' } : null;
}

/** The product of a value and its sigmoid, where nobody else reads either. */
function swishAfter(editor: Editor, name: string): GraphNode | null {
  const readers = editor.readers(name);
  const sigmoid = readers.find(({ op }) => op === 'Sigmoid');
  const product = readers.find(({ op }) => op === 'Mul');
  if (!sigmoid || !product || readers.length !== 2 || editor.isOutput(name)) return null;
  const [a, b] = product.input ?? [];
  const multiplies = (a === name && b === sigmoid.name) || (a === sigmoid.name && b === name);
  return multiplies && editor.onlyReader(sigmoid.name) === product ? product : null;
}

/** Lets our convolutions compute the ReLU before them, where nobody else reads it. */
export function fuseEarlierActivations(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    const activation = activationNames[node.op];
    const reader = editor.onlyReader(node.name);
    const [before = ''] = node.input ?? [];
    if (!activation || !reader || reader.input?.[0] !== node.name) continue;
    // An activation that is not zero at zero would have to be computed for the zeros around the image too.
    if (activation === 'sigmoid') continue;
    for (const op of ['LentigoConvolution', 'LentigoDepthwise'] as const) {
      const how = operationOf(op, reader);
      if (how?.before !== 'linear' || reader.input.slice(1).includes(node.name)) continue;
      const input = [before, ...reader.input.slice(1)];
      editor.replace(operationNode(op, reader.name, input, { ...how, before: activation } as never));
    }
  }
  return editor.finish();
}
