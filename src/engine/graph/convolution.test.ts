import { beforeAll, expect, test } from 'vitest';
import {
  buildGraph,
  node,
  rewritten,
  someBytes,
  someFloats,
  someValues,
  window,
} from '../testing/build-graph';
import { useReferences } from '../testing/reference-kernels';
import { ownConvolutions } from './convolution';
import { operationOf } from './operations';

beforeAll(useReferences);

test.each([
  ["a border of the image's size", window(1, 'SAME')],
  ['no border', window(1, 'VALID')],
  ['a border of one, every second pixel', window(2, 1)],
  ["every second pixel, a border of the image's size", window(2, 'SAME')],
  ['pixels apart from each other', window(1, 'SAME', { dilation: 2 })],
])('a convolution stays what it is with %s', async (_, attributes) => {
  const graph = buildGraph({
    inputs: { image: [-1, 9, 8, 3] },
    weights: { filter: someFloats(3, 3, 3, 6) },
    nodes: [node('Conv2D', 'out', ['image', 'filter'], attributes)],
    outputs: ['out'],
  });
  const after = await rewritten(graph, [ownConvolutions], { image: someValues(2, 9, 8, 3) });
  expect(after.ops).toEqual(['LentigoConvolution']);
  expect(after.difference).toBeLessThan(1e-6);
});

test('a filter in bytes stays in bytes, and its factors move behind the sum', async () => {
  const graph = buildGraph({
    inputs: { image: [-1, 6, 6, 4] },
    weights: { bytes: someBytes(3, 3, 4, 6), scale: someFloats(6), bias: someFloats(6) },
    nodes: [
      node('Mul', 'filter', ['bytes', 'scale']),
      node(
        '_FusedConv2D',
        'out',
        ['image', 'filter', 'bias'],
        window(1, 'SAME', { fused: ['BiasAdd', 'Relu'] }),
      ),
    ],
    outputs: ['out'],
  });
  const after = await rewritten(graph, [ownConvolutions], { image: someValues(3, 6, 6, 4) });
  expect(after.ops).toEqual(['LentigoConvolution']);
  expect(after.difference).toBeLessThan(1e-6);
  const packed = after.graph.weights.get('filter/packed');
  expect([packed?.dtype, packed?.shape]).toEqual(['int32', [36, 2]]);
  expect([...after.graph.weights.keys()].sort()).toEqual(['filter/packed', 'out/affine']);
});

test('a factor for each channel of the image cannot move, and is multiplied in as before', async () => {
  const graph = buildGraph({
    inputs: { image: [-1, 6, 6, 4] },
    weights: { bytes: someBytes(1, 1, 4, 4), scale: someFloats(4, 1) },
    nodes: [node('Mul', 'filter', ['bytes', 'scale']), node('Conv2D', 'out', ['image', 'filter'], window())],
    outputs: ['out'],
  });
  const after = await rewritten(graph, [ownConvolutions], { image: someValues(1, 6, 6, 4) });
  expect(after.ops).toEqual(['Conv2D', 'Mul']);
  expect(after.difference).toBe(0);
});

test('a convolution of each channel by itself, with and without what is added', async () => {
  const graph = buildGraph({
    inputs: { image: [-1, 7, 9, 5] },
    weights: { first: someFloats(3, 3, 5, 1), bias: someFloats(5), second: someFloats(5, 5, 5, 1) },
    nodes: [
      node(
        'FusedDepthwiseConv2dNative',
        'between',
        ['image', 'first', 'bias'],
        window(2, 1, { fused: ['BiasAdd', 'Relu'] }),
      ),
      node('DepthwiseConv2dNative', 'out', ['between', 'second'], window()),
    ],
    outputs: ['out'],
  });
  const after = await rewritten(graph, [ownConvolutions], { image: someValues(2, 7, 9, 5) });
  expect(after.ops).toEqual(['LentigoDepthwise', 'LentigoDepthwise']);
  expect(after.difference).toBeLessThan(1e-6);
});

test('what our kernels do not know is left alone', async () => {
  const graph = buildGraph({
    inputs: { image: [-1, 6, 6, 4], filter: [1, 1, 4, 4] },
    weights: {
      groups: someFloats(1, 1, 2, 4),
      bias: someFloats(4),
      plain: someFloats(1, 1, 4, 4),
      twice: someFloats(3, 3, 4, 2),
    },
    nodes: [
      node('Conv2D', 'fed', ['image', 'filter'], window()),
      node(
        '_FusedConv2D',
        'elu',
        ['image', 'plain', 'bias'],
        window(1, 'SAME', { fused: ['BiasAdd', 'Elu'] }),
      ),
      node('Conv2D', 'grouped', ['image', 'groups'], window()),
      node('DepthwiseConv2dNative', 'doubled', ['image', 'twice'], window()),
    ],
    outputs: ['fed', 'elu', 'grouped', 'doubled'],
  });
  const after = ownConvolutions(graph);
  expect(
    after.nodes.some(
      (node) => operationOf('LentigoConvolution', node) || operationOf('LentigoDepthwise', node),
    ),
  ).toBe(false);
});
