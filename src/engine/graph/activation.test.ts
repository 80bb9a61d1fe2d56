import { beforeAll, expect, test } from 'vitest';
import { buildGraph, node, rewritten, someFloats, someValues, window } from '../testing/build-graph';
import { useReferences } from '../testing/reference-kernels';
import { fuseActivations, fuseEarlierActivations } from './activation';
import { ownConvolutions } from './convolution';

beforeAll(useReferences);

const convolution = node('Conv2D', 'convolved', ['image', 'filter'], window());
const graphOf = (nodes: ReturnType<typeof node>[], outputs = ['out']) =>
  buildGraph({
    inputs: { image: [-1, 6, 6, 4] },
    weights: { filter: someFloats(3, 3, 4, 4), other: someFloats(3, 3, 4, 1) },
    nodes,
    outputs,
  });
const image = () => ({ image: someValues(2, 6, 6, 4) });

test.each(['Relu', 'Relu6', 'Sigmoid'])('%s behind a convolution becomes part of it', async (op) => {
  const graph = graphOf([convolution, node(op, 'out', ['convolved'])]);
  const after = await rewritten(graph, [ownConvolutions, fuseActivations], image());
  expect(after.ops).toEqual(['LentigoConvolution']);
  expect(after.difference).toBeLessThan(1e-6);
});

test.each([
  ['convolved', 'sigmoid'],
  ['sigmoid', 'convolved'],
])('swish becomes part of the convolution before it (%s times %s)', async (...factors) => {
  const graph = graphOf([
    node('DepthwiseConv2dNative', 'convolved', ['image', 'other'], window()),
    node('Sigmoid', 'sigmoid', ['convolved']),
    node('Mul', 'out', factors),
  ]);
  const after = await rewritten(graph, [ownConvolutions, fuseActivations], image());
  expect(after.ops).toEqual(['LentigoDepthwise']);
  expect(after.difference).toBeLessThan(1e-6);
});

test('an activation stays for itself where somebody needs the value before it', async () => {
  const nodes = [convolution, node('Relu', 'out', ['convolved']), node('Sigmoid', 'gate', ['convolved'])];
  for (const graph of [graphOf(nodes, ['out', 'gate']), graphOf(nodes.slice(0, 2), ['out', 'convolved'])]) {
    const after = await rewritten(graph, [ownConvolutions, fuseActivations], image());
    expect(after.ops).toContain('Relu');
    expect(after.difference).toBeLessThan(1e-6);
  }
});

test.each(['Conv2D', 'DepthwiseConv2dNative'])('ReLU before a %s becomes part of it', async (op) => {
  const graph = graphOf([
    node('Relu', 'positive', ['image']),
    node(op, 'out', ['positive', op === 'Conv2D' ? 'filter' : 'other'], window()),
  ]);
  const after = await rewritten(graph, [ownConvolutions, fuseEarlierActivations], image());
  expect(after.ops).toHaveLength(1);
  expect(after.difference).toBeLessThan(1e-6);
});

test('a sigmoid before a convolution stays: it is not zero in the border', async () => {
  const graph = graphOf([
    node('Sigmoid', 'between', ['image']),
    node('Conv2D', 'out', ['between', 'filter'], window()),
  ]);
  const after = await rewritten(graph, [ownConvolutions, fuseEarlierActivations], image());
  expect(after.ops).toEqual(['LentigoConvolution', 'Sigmoid']);
  expect(after.difference).toBeLessThan(1e-6);
});
