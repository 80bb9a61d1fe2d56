import { expect, test } from 'vitest';
import { foldProducts as fold } from './fold';
import type { Graph, Weight } from './graph';
import { prune } from './prune';

const foldProducts = (graph: Graph) => prune(fold(graph));

const weight = (shape: number[], values: number[]): Weight => ({
  shape,
  dtype: 'float32',
  after: 0,
  values: () => Float32Array.from(values),
});

function graph(a: Weight, b: Weight, readers: string[] = ['m']): Graph {
  return {
    nodes: [
      { name: 'a', op: 'Const' },
      { name: 'b', op: 'Const' },
      { name: 'm', op: 'Mul', input: ['a', 'b'] },
      { name: 'out', op: 'Identity', input: readers },
    ],
    weights: new Map([
      ['a', a],
      ['b', b],
    ]),
    outputs: new Set(['out']),
  };
}

test('one factor a channel, from either side', () => {
  const filter = weight([2, 3], [1, 2, 3, 4, 5, 6]);
  const scale = weight([3], [1, 10, 100]);
  for (const folded of [foldProducts(graph(filter, scale)), foldProducts(graph(scale, filter))]) {
    expect(folded.nodes.map(({ name, op }) => `${name} ${op}`)).toEqual(['m Const', 'out Identity']);
    expect([...folded.weights.keys()]).toEqual(['m']);
    expect([...(folded.weights.get('m')?.values() ?? [])]).toEqual([1, 20, 300, 4, 50, 600]);
    expect(folded.weights.get('m')?.shape).toEqual([2, 3]);
  }
});

test('a scale with ones in front, and a single number', () => {
  const filter = weight([1, 2, 2], [1, 2, 3, 4]);
  const channels = foldProducts(graph(filter, weight([1, 1, 2], [1, 10])));
  expect([...(channels.weights.get('m')?.values() ?? [])]).toEqual([1, 20, 3, 40]);
  const number = foldProducts(graph(filter, weight([], [2])));
  expect([...(number.weights.get('m')?.values() ?? [])]).toEqual([2, 4, 6, 8]);
});

test('a factor that is read elsewhere stays', () => {
  const folded = foldProducts(graph(weight([1], [2]), weight([1], [3]), ['m', 'b']));
  expect([...folded.weights.keys()].sort()).toEqual(['b', 'm']);
});

test('what is stored in bytes is scaled as it is decoded', () => {
  const bytes = { read: () => Uint8Array.of(0, 128, 255, 127), scale: 1, min: -128 };
  const stored: Weight = { ...weight([2, 2], [-128, 0, 127, -1]), bytes };
  const folded = foldProducts(graph(stored, weight([2], [0.5, 2])));
  expect([...(folded.weights.get('m')?.values() ?? [])]).toEqual([-64, 0, 63.5, -2]);
});

test('another broadcast is left to the back end', () => {
  const before = graph(weight([2, 2], [1, 2, 3, 4]), weight([2, 1], [1, 10]));
  expect(foldProducts(before)).toEqual(before);
});
