import { Editor } from './editor';
import type { Graph, GraphNode } from './graph';
import { type Convolution, operationNode, operationOf } from './operations';
import { sameAs } from './shapes';

/**
 * Numbers that one workgroup can hold on every device: 16 KiB, the smallest limit that the standard allows,
 * with some to spare.
 */
const maxNumbers = 4000;

/** Makes squeeze and excitation, whose two layers see one pixel, one operation. */
export function ownGates(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    const second = onePixel(editor, node);
    const squeezed = editor.node(node.input?.[0]);
    const first = onePixel(editor, squeezed);
    if (!first || !second || !squeezed || editor.onlyReader(squeezed.name) !== node) continue;
    if (first.channelsIn !== second.channelsOut) continue;
    if (first.channelsIn + first.channelsOut + 6 > maxNumbers) continue;
    const [means = '', ...layer] = squeezed.input ?? [];
    const input = [means, ...layer, ...(node.input?.slice(1) ?? [])];
    editor.replace(
      operationNode('LentigoGate', node.name, input, {
        channels: first.channelsIn,
        inner: first.channelsOut,
        stored: [first.stored, second.stored],
        activations: [first.activation, second.activation],
      }),
    );
  }
  return editor.finish();
}

/** A plain 1 by 1 convolution over images of one pixel. */
function onePixel(editor: Editor, node: GraphNode | undefined): Convolution | null {
  const how = operationOf('LentigoConvolution', node);
  const [, height, width] = editor.shape(node?.input?.[0] ?? '') ?? [];
  const plain = how?.parts.length === 3 && how.before === 'linear' && how.size.every((side) => side === 1);
  return plain && height === 1 && width === 1 ? how : null;
}

/** Lets the 1 by 1 convolution behind a gate multiply its image by it. */
export function fuseGates(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    const gated = gatedImage(editor, node);
    const reader = editor.onlyReader(node.name);
    const how = operationOf('LentigoConvolution', reader);
    if (!gated || !reader || !how || how.parts.includes('gate') || how.parts.includes('entry')) continue;
    if (how.before !== 'linear' || !how.size.every((side) => side === 1)) continue;
    const [image, ...others] = reader.input ?? [];
    if (image !== node.name || others.includes(node.name)) continue;
    const input = [gated.image, ...others, gated.gate];
    editor.replace(
      operationNode('LentigoConvolution', reader.name, input, { ...how, parts: [...how.parts, 'gate'] }),
    );
  }
  return editor.finish();
}

/** The image and the gate of a node that multiplies them. */
export function gatedImage(
  editor: Editor,
  node: GraphNode | undefined,
): { image: string; gate: string } | null {
  if (node?.op !== 'Mul') return null;
  const [a = '', b = ''] = node.input ?? [];
  for (const [image, gate] of [
    [a, b],
    [b, a],
  ] as const) {
    if (editor.node(gate)?.op === 'LentigoGate' && sameAs(editor.shape(image), editor.shape(node.name)))
      return { image, gate };
  }
  return null;
}
