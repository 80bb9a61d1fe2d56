import { messageOf } from '../engine-error';
import type { Graph, GraphNode } from './graph';
import { sizeOf } from './graph';
import { isKnownOperation } from './known-operations';
import { inOrder } from './order';
import { nodeNameIn } from './prune';
import { type Size, SizeProblem } from './size-rules';
import { sizeOfNode } from './sizes';

/** Bounds of a network that a browser can run. The largest package of the site has about a tenth of each. */
export const graphLimits = {
  nodes: 20_000,
  /** Numbers in one tensor, for one image: 256 MB. */
  tensor: 2 ** 26,
  /** Multiplications for one image. */
  work: 5e11,
};

/** A sum over the whole network. */
export interface GraphSize {
  nodes: number;
  largestTensor: number;
  work: number;
}

/** What is wrong with a graph, with the path of the field in model.json. */
export class GraphProblem extends Error {}

/**
 * Checks the graph of a package before anything of it runs: its operations are known, its inputs are there,
 * it does not run in a circle, the shape of every tensor follows from those of `fed` (by placeholder, for one
 * image), and nothing is out of bounds. Throws `GraphProblem`.
 */
export function checkGraph(graph: Graph, fed: ReadonlyMap<string, readonly number[]>): GraphSize {
  const { nodes } = graph;
  const refuse = (node: GraphNode, field: string, problem: string): never => {
    throw new GraphProblem(`modelTopology.node.${nodes.indexOf(node)}${field}: "${node.name}" ${problem}`);
  };
  if (nodes.length > graphLimits.nodes)
    throw new GraphProblem(
      `modelTopology.node: ${nodes.length} nodes, and ${graphLimits.nodes} at most are run`,
    );
  const byName = new Map<string, GraphNode>();
  for (const node of nodes) {
    if (byName.has(node.name)) refuse(node, '.name', 'is there twice');
    byName.set(node.name, node);
    if (!isKnownOperation(node.op))
      refuse(node, '.op', `is the operation "${node.op}", which is not run here`);
  }
  for (const name of [...fed.keys(), ...graph.outputs])
    if (!byName.has(name)) throw new GraphProblem(`has no node "${name}"`);

  const sizes = new Map<string, Size>();
  const total: GraphSize = { nodes: nodes.length, largestTensor: 0, work: 0 };
  for (const node of nodes) {
    for (const [index, input] of (node.input ?? []).entries())
      if (!byName.has(nodeNameIn(input)))
        refuse(node, `.input.${index}`, `needs "${input}", which is not there`);
  }
  for (const node of inOrder(nodes, (stuck) => refuse(stuck, '.input', 'is behind a circle'))) {
    const inputs = dataInputs(node).map((name) => sizes.get(name) as Size);
    let size: Size;
    try {
      size = sizeOfNode(node, inputs, graph, fed);
    } catch (error) {
      if (error instanceof SizeProblem) return refuse(node, '', `(${node.op}) ${error.message}`);
      return refuse(node, '.attr', `(${node.op}) cannot be read: ${messageOf(error)}`);
    }
    const { shape, work } = size;
    if (!shape.every((length) => Number.isInteger(length) && length > 0))
      refuse(node, '', `(${node.op}) has the shape [${shape}]`);
    if (sizeOf(shape) > graphLimits.tensor)
      refuse(node, '', `(${node.op}) has the shape [${shape}], too large to be run here`);
    sizes.set(node.name, size);
    total.largestTensor = Math.max(total.largestTensor, sizeOf(shape));
    total.work += work;
    if (!(total.work <= graphLimits.work))
      refuse(node, '', `(${node.op}) makes the network too much work to be run here`);
  }
  return total;
}

/** Without those that only say what comes first. */
const dataInputs = ({ input = [] }: GraphNode) =>
  input.filter((name) => !name.startsWith('^')).map(nodeNameIn);
