import type { Graph, GraphNode } from './graph';

/**
 * Takes out what no output needs: outputs that nobody asks for, and what a rewrite left behind. Inputs of the
 * network stay.
 */
export function prune(graph: Graph): Graph {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const needed = new Set<string>();
  const pending = [
    ...graph.outputs,
    ...graph.nodes.filter(({ op }) => op === 'Placeholder').map(({ name }) => name),
  ];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    pending.push(...sourcesOf(byName.get(name)));
  }
  return {
    ...graph,
    nodes: graph.nodes.filter(({ name }) => needed.has(name)),
    weights: new Map([...graph.weights].filter(([name]) => needed.has(name))),
  };
}

/**
 * The nodes that a node reads, without what TensorFlow adds to their names: `^` for "only after it", `:1` for
 * its second output.
 */
export function sourcesOf(node: GraphNode | undefined): string[] {
  return (node?.input ?? []).map(nodeNameIn);
}

/** The node that an input of another one names. */
export const nodeNameIn = (input: string) => input.replace(/^\^/, '').replace(/:\d+$/, '');
