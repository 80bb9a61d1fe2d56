import { constant } from './editor';
import { type Graph, sizeOf, type Weight } from './graph';

/**
 * Replaces every product of two constants by its value. A package stores an int8 filter as
 * `<layer>/quantised` times `<layer>/scale` (docs/model-package.md); computed once here, the product costs
 * nothing at each photo.
 */
export function foldProducts(graph: Graph): Graph {
  const weights = new Map(graph.weights);
  const nodes = graph.nodes.map((node) => {
    const [a, b] = (node.input ?? []).map((name) => weights.get(name));
    if (node.op !== 'Mul' || a?.dtype !== 'float32' || b?.dtype !== 'float32') return node;
    const product = multiply(a, b);
    if (product === null) return node;
    weights.set(node.name, product);
    return constant([node.name, product]);
  });
  return { ...graph, nodes, weights };
}

/**
 * The product where one shape ends with the other (scalars, and one factor a channel), ones in front left
 * aside; null for any other broadcast, which is left for the back end to compute.
 */
function multiply(a: Weight, b: Weight): Weight | null {
  if (sizeOf(a.shape) < sizeOf(b.shape)) return multiply(b, a);
  const period = sizeOf(b.shape);
  const tail = b.shape.slice(b.shape.findIndex((length) => length !== 1));
  const repeats = period === 1 || tail.every((length, i) => length === a.shape.at(i - tail.length));
  if (!repeats || a.shape.length < b.shape.length) return null;
  const values = () =>
    a.bytes ? scaled(a.bytes.read(), a.bytes, b.values()) : product(a.values(), b.values());
  return { shape: a.shape, dtype: 'float32', after: Math.max(a.after, b.after), values };
}

function product(a: ArrayLike<number>, factors: ArrayLike<number>): Float32Array {
  const values = new Float32Array(a.length);
  for (let start = 0; start < a.length; start += factors.length) {
    for (let i = 0; i < factors.length; i++)
      values[start + i] = (a[start + i] as number) * (factors[i] as number);
  }
  return values;
}

/** The same from what is stored, in one walk over it. */
function scaled(
  bytes: Uint8Array,
  { scale, min }: { scale: number; min: number },
  factors: ArrayLike<number>,
): Float32Array {
  const values = new Float32Array(bytes.length);
  for (let start = 0; start < bytes.length; start += factors.length) {
    for (let i = 0; i < factors.length; i++)
      values[start + i] = ((bytes[start + i] as number) * scale + min) * (factors[i] as number);
  }
  return values;
}
