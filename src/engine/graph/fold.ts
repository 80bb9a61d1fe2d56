import type { Graph, GraphNode, Weight } from '../package/format';

/**
 * Replaces every product of two constants by its value. A package stores an int8 filter as `<layer>/quantised` times `<layer>/scale`
 * (docs/model-package.md); computed once here, the product costs nothing at each photo.
 */
export function foldProducts(graph: Graph): Graph {
  const weights = new Map(graph.weights);
  const products = new Set<GraphNode>();
  for (const node of graph.nodes) {
    const [a, b] = (node.input ?? []).map((name) => graph.weights.get(name));
    if (node.op !== 'Mul' || a?.dtype !== 'float32' || b?.dtype !== 'float32') continue;
    const product = multiply(a, b);
    if (product === null) continue;
    weights.set(node.name, product);
    products.add(node);
  }
  const factors = new Set([...products].flatMap((node) => node.input ?? []));
  const rest = graph.nodes.map((node) => (products.has(node) ? constant(node, weights) : node));
  const read = new Set(rest.flatMap((node) => node.input ?? []));
  const unread = (name: string) => factors.has(name) && !read.has(name);
  return {
    nodes: rest.filter(({ name }) => !unread(name)),
    weights: new Map([...weights].filter(([name]) => !unread(name))),
  };
}

/**
 * The product where one shape ends with the other (scalars, and one factor a channel), ones in front left aside; null for any other
 * broadcast, which is left for the back end to compute.
 */
function multiply(a: Weight, b: Weight): Weight | null {
  if (a.values.length < b.values.length) return multiply(b, a);
  const tail = b.shape.slice(b.shape.findIndex((length) => length !== 1));
  const repeats = b.values.length === 1 || tail.every((length, i) => length === a.shape.at(i - tail.length));
  if (!repeats || a.shape.length < b.shape.length) return null;
  const period = b.values.length;
  const values = Float32Array.from(a.values, (value, i) => value * (b.values[i % period] as number));
  return { shape: a.shape, dtype: 'float32', values };
}

function constant({ name }: GraphNode, weights: Map<string, Weight>): GraphNode {
  const shape = { dim: weights.get(name)?.shape.map((size) => ({ size: String(size) })) ?? [] };
  const value = { tensor: { dtype: 'DT_FLOAT', tensorShape: shape } };
  return { name, op: 'Const', attr: { dtype: { type: 'DT_FLOAT' }, value } };
}
