import { beforeAll, expect, test } from 'vitest';
import {
  buildGraph,
  node,
  rewritten,
  someBytes,
  someFloats,
  someValues,
  theInts,
  theNumber,
  window,
} from '../testing/build-graph';
import { useReferences } from '../testing/reference-kernels';
import { fuseActivations } from './activation';
import { ownConvolutions } from './convolution';
import { ownUpsampling } from './upsample';

beforeAll(useReferences);

const rewrites = [ownConvolutions, fuseActivations, ownUpsampling];
const weights = {
  size: theInts(6, 10),
  odd: theInts(7, 10),
  axis: theNumber(3),
  bytes: someBytes(3, 3, 7, 6),
  scale: someFloats(6),
  bias: someFloats(6),
  alone: someFloats(3, 3, 4, 5),
};
const larger = (size: string) => node('ResizeNearestNeighbor', 'large', ['small', size]);
const joined = [
  node('ConcatV2', 'joined', ['large', 'beside', 'axis'], { N: { i: '2' } }),
  node('Mul', 'filter', ['bytes', 'scale']),
  node('_FusedConv2D', 'out', ['joined', 'filter', 'bias'], window(1, 1, { fused: ['BiasAdd', 'Relu'] })),
];

test('a convolution behind a doubled image and one beside it is computed where they come from', async () => {
  const graph = buildGraph({
    inputs: { small: [-1, 3, 5, 4], beside: [-1, 6, 10, 3] },
    weights,
    nodes: [larger('size'), ...joined],
    outputs: ['out'],
  });
  const inputs = { small: someValues(2, 3, 5, 4), beside: someValues(2, 6, 10, 3) };
  const after = await rewritten(graph, rewrites, inputs);
  expect(after.ops).toEqual(['LentigoConvolution', 'LentigoConvolution']);
  expect(after.difference).toBeLessThan(1e-5);
});

test('so is one behind a doubled image alone, with any number of channels', async () => {
  const graph = buildGraph({
    inputs: { small: [-1, 3, 5, 4] },
    weights,
    nodes: [larger('size'), node('Conv2D', 'out', ['large', 'alone'], window())],
    outputs: ['out'],
  });
  const after = await rewritten(graph, rewrites, { small: someValues(3, 3, 5, 4) });
  expect(after.ops).toEqual(['LentigoConvolution']);
  expect(after.difference).toBeLessThan(1e-5);
});

test('another size, another step, or a large image that others need, stay', async () => {
  const inputs = { small: [-1, 3, 5, 4] };
  const convolved = (stride: number) => node('Conv2D', 'out', ['large', 'alone'], window(stride, 1));
  for (const [nodes, outputs] of [
    [[larger('odd'), convolved(1)], ['out']],
    [[larger('size'), convolved(2)], ['out']],
    [
      [larger('size'), convolved(1)],
      ['out', 'large'],
    ],
  ] as const) {
    const graph = buildGraph({ inputs, weights, nodes: [...nodes], outputs: [...outputs] });
    const after = await rewritten(graph, rewrites, { small: someValues(1, 3, 5, 4) });
    expect(after.ops).toEqual(['LentigoConvolution', 'ResizeNearestNeighbor']);
    expect(after.difference).toBeLessThan(1e-5);
  }
});
