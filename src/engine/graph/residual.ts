import { Editor } from './editor';
import type { Graph } from './graph';
import { operationNode, operationOf } from './operations';
import { sameAs } from './shapes';

/** Lets a convolution add what is added to it alone: the other way round a residual block. */
export function fuseResiduals(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    if (node.op !== 'AddV2' && node.op !== 'Add') continue;
    const [a = '', b = ''] = node.input ?? [];
    for (const [sum, other] of [
      [b, a],
      [a, b],
    ] as const) {
      const added = editor.node(sum);
      const how = operationOf('LentigoConvolution', added);
      if (how?.activation !== 'linear' || how.parts.includes('residual')) continue;
      if (editor.onlyReader(sum) !== node || !sameAs(editor.shape(other), editor.shape(node.name))) continue;
      const parts = [...how.parts, 'residual' as const];
      const input = [...(added?.input ?? []), other];
      editor.replace(operationNode('LentigoConvolution', node.name, input, { ...how, parts }));
      break;
    }
  }
  return editor.finish();
}
