import { beforeAll, expect, test } from 'vitest';
import { buildGraph, node, rewritten, someFloats, someValues, window } from '../testing/build-graph';
import { useReferences } from '../testing/reference-kernels';
import { fuseActivations } from './activation';
import { ownConvolutions } from './convolution';
import { fuseResiduals } from './residual';

beforeAll(useReferences);

const rewrites = [ownConvolutions, fuseActivations, fuseResiduals, fuseActivations];
const weights = { filter: someFloats(3, 3, 4, 4), second: someFloats(1, 1, 4, 4), line: someFloats(4) };
const image = () => ({ image: someValues(2, 6, 6, 4) });

test.each([
  ['image', 'convolved'],
  ['convolved', 'image'],
])('a residual block is one operation, its ReLU too (%s + %s)', async (...sum) => {
  const graph = buildGraph({
    inputs: { image: [-1, 6, 6, 4] },
    weights,
    nodes: [
      node('Conv2D', 'convolved', ['image', 'filter'], window()),
      node('AddV2', 'sum', sum),
      node('Relu', 'out', ['sum']),
    ],
    outputs: ['out'],
  });
  const after = await rewritten(graph, rewrites, image());
  expect(after.ops).toEqual(['LentigoConvolution']);
  expect(after.difference).toBeLessThan(1e-6);
});

test('of two convolutions that are added one is added to the other', async () => {
  const graph = buildGraph({
    inputs: { image: [-1, 6, 6, 4] },
    weights,
    nodes: [
      node('Conv2D', 'a', ['image', 'filter'], window(2, 1)),
      node('Conv2D', 'b', ['image', 'second'], window(2, 'VALID')),
      node('AddV2', 'out', ['a', 'b']),
    ],
    outputs: ['out'],
  });
  const after = await rewritten(graph, rewrites, image());
  expect(after.ops).toEqual(['LentigoConvolution', 'LentigoConvolution']);
  expect(after.difference).toBeLessThan(1e-6);
});

test('what is not of the same shape, or needed elsewhere, or no sum of a plain convolution, stays', async () => {
  const graph = buildGraph({
    inputs: { image: [-1, 6, 6, 4] },
    weights,
    nodes: [
      node('Conv2D', 'a', ['image', 'filter'], window()),
      node('AddV2', 'row', ['a', 'line']),
      node('Conv2D', 'b', ['image', 'filter'], window()),
      node('AddV2', 'twice', ['b', 'image']),
      node('Conv2D', 'c', ['image', 'filter'], window()),
      node('Relu', 'positive', ['c']),
      node('AddV2', 'after', ['positive', 'image']),
    ],
    outputs: ['row', 'twice', 'b', 'after'],
  });
  const after = await rewritten(graph, rewrites, image());
  expect(after.ops.filter((op) => op === 'AddV2')).toHaveLength(3);
  expect(after.difference).toBeLessThan(1e-6);
});
