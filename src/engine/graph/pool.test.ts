import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { buildGraph, node, rewritten, someFloats, someValues, window } from '../testing/build-graph';
import { poolFirst } from './pool';

beforeAll(async () => void (await tf.setBackend('cpu')));

const graphOf = (fused: string[], pool: object, stride = 1) =>
  buildGraph({
    inputs: { image: [-1, 8, 8, 6] },
    weights: { filter: someFloats(1, 1, 6, 4), bias: someFloats(4) },
    nodes: [
      node(
        '_FusedConv2D',
        'convolved',
        ['image', 'filter', 'bias'],
        window(stride, 'VALID', { fused: ['BiasAdd', ...fused] }),
      ),
      node('AvgPool', 'out', ['convolved'], pool),
    ],
    outputs: ['out'],
  });

test('a pool behind a 1 by 1 convolution comes before it', async () => {
  const after = await rewritten(graphOf([], window(2, 'VALID', { size: 2 })), [poolFirst], {
    image: someValues(2, 8, 8, 6),
  });
  expect(after.graph.nodes.find(({ op }) => op === 'AvgPool')?.input).toEqual(['image']);
  expect(after.difference).toBeLessThan(1e-6);
});

test.each([
  ['an activation in between', graphOf(['Relu'], window(2, 'VALID', { size: 2 }))],
  ['a border', graphOf([], window(2, 'SAME', { size: 3 }))],
  ['pixels left out', graphOf([], window(2, 'VALID', { size: 2 }), 2)],
])('not with %s', (_, graph) => {
  expect(poolFirst(graph).nodes.find(({ op }) => op === 'AvgPool')?.input).toEqual(['convolved']);
});
