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
import { fuseActivations } from './activation';
import { ownAverages } from './average';
import { ownConvolutions } from './convolution';
import { fuseGates, ownGates } from './gate';

beforeAll(useReferences);

const rewrites = [ownConvolutions, ownAverages, fuseActivations, ownGates, fuseGates];
const layer = (fused: string[]) => window(1, 'VALID', { fused: ['BiasAdd', ...fused] });

/**
 * Squeeze and excitation of an image, [n, 6, 6, 8], with 3 numbers in between; then `behind` on what comes
 * out.
 */
function block(behind: ReturnType<typeof node>[], outputs: string[]) {
  return buildGraph({
    inputs: { image: [-1, 6, 6, 8] },
    weights: {
      bytes: someBytes(1, 1, 8, 3),
      scale: someFloats(3),
      bias1: someFloats(3),
      filter2: someFloats(1, 1, 3, 8),
      bias2: someFloats(8),
      filter: someFloats(1, 1, 8, 5),
    },
    nodes: [
      node('AvgPool', 'means', ['image'], window(6, 'VALID', { size: 6 })),
      node('Mul', 'filter1', ['bytes', 'scale']),
      node('_FusedConv2D', 'squeezed', ['means', 'filter1', 'bias1'], layer([])),
      node('Sigmoid', 'sigmoid', ['squeezed']),
      node('Mul', 'swish', ['squeezed', 'sigmoid']),
      node('_FusedConv2D', 'gate', ['swish', 'filter2', 'bias2'], layer(['Sigmoid'])),
      node('Mul', 'gated', ['gate', 'image']),
      ...behind,
    ],
    outputs,
  });
}

test('squeeze and excitation is one operation, and its product part of the convolution behind it', async () => {
  const graph = block([node('Conv2D', 'out', ['gated', 'filter'], window())], ['out']);
  const after = await rewritten(graph, rewrites, { image: someValues(2, 6, 6, 8) });
  expect(after.ops).toEqual(['LentigoAverage', 'LentigoConvolution', 'LentigoGate']);
  expect(after.difference).toBeLessThan(1e-5);
});

test('a product that others read stays', async () => {
  const graph = block([node('Conv2D', 'out', ['gated', 'filter'], window())], ['out', 'gated']);
  const after = await rewritten(graph, rewrites, { image: someValues(2, 6, 6, 8) });
  expect(after.ops).toEqual(['LentigoAverage', 'LentigoConvolution', 'LentigoGate', 'Mul']);
  expect(after.difference).toBeLessThan(1e-5);
});

test('so does one of a whole image by another', async () => {
  const graph = buildGraph({
    inputs: { image: [-1, 6, 6, 8] },
    weights: { filter: someFloats(1, 1, 8, 5) },
    nodes: [node('Mul', 'square', ['image', 'image']), node('Conv2D', 'out', ['square', 'filter'], window())],
    outputs: ['out'],
  });
  const after = await rewritten(graph, rewrites, { image: someValues(2, 6, 6, 8) });
  expect(after.ops).toEqual(['LentigoConvolution', 'Mul']);
});
