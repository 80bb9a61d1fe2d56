import { expect, test } from 'vitest';
import type { Graph, Weight } from './graph';
import { prune } from './prune';

const weight: Weight = { shape: [1], dtype: 'float32', after: 0, values: () => Float32Array.of(1) };

test('what no output needs goes, with its weights; inputs of the network stay', () => {
  const graph: Graph = {
    nodes: [
      { name: 'image', op: 'Placeholder' },
      { name: 'metadata', op: 'Placeholder' },
      { name: 'a', op: 'Const' },
      { name: 'b', op: 'Const' },
      { name: 'split', op: 'Split', input: ['image', 'a'] },
      { name: 'wanted', op: 'Relu', input: ['split:1', '^late'] },
      { name: 'late', op: 'NoOp' },
      { name: 'unwanted', op: 'Add', input: ['wanted', 'b'] },
    ],
    weights: new Map([
      ['a', weight],
      ['b', weight],
    ]),
    outputs: new Set(['wanted']),
  };
  const pruned = prune(graph);
  expect(pruned.nodes.map(({ name }) => name)).toEqual(['image', 'metadata', 'a', 'split', 'wanted', 'late']);
  expect([...pruned.weights.keys()]).toEqual(['a']);
});
