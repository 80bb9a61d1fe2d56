import { beforeAll, expect, test } from 'vitest';
import {
  buildGraph,
  node,
  rewritten,
  someFloats,
  someValues,
  theInts,
  theNumber,
  window,
} from '../testing/build-graph';
import { useReferences } from '../testing/reference-kernels';
import { interleaveUpsampling } from './interleave';

beforeAll(useReferences);

const weights = {
  size: theInts(6, 10),
  axis: theNumber(3),
  filter: someFloats(3, 3, 7, 6),
  alone: someFloats(3, 3, 4, 6),
  bias: someFloats(6),
};
const large = node('ResizeNearestNeighbor', 'large', ['small', 'size']);
const joined = node('ConcatV2', 'joined', ['large', 'beside', 'axis'], { N: { i: '2' } });
const inputs = { small: [-1, 3, 5, 4], beside: [-1, 6, 10, 3] };
const values = () => ({ small: someValues(2, 3, 5, 4), beside: someValues(2, 6, 10, 3) });

test.each([[[]], [['Relu']], [['Relu6']]])(
  'the quarters of a convolution behind a doubled image, and what is beside it, are put together (%s)',
  async (fused) => {
    const out = node(
      '_FusedConv2D',
      'out',
      ['joined', 'filter', 'bias'],
      window(1, 1, { fused: ['BiasAdd', ...fused] }),
    );
    const graph = buildGraph({ inputs, weights, nodes: [large, joined, out], outputs: ['out'] });
    const after = await rewritten(graph, [interleaveUpsampling], values());
    expect(after.ops).toEqual(['LentigoInterleave', ...Array(5).fill('_FusedConv2D')]);
    expect(after.difference).toBeLessThan(1e-6);
  },
);

test('nothing beside it', async () => {
  const out = node(
    '_FusedConv2D',
    'out',
    ['large', 'alone', 'bias'],
    window(1, 'SAME', { fused: ['BiasAdd', 'Relu'] }),
  );
  const graph = buildGraph({ inputs, weights, nodes: [large, out], outputs: ['out'] });
  const after = await rewritten(graph, [interleaveUpsampling], values());
  expect(after.ops).toEqual(['LentigoInterleave', ...Array(4).fill('_FusedConv2D')]);
  expect(after.difference).toBeLessThan(1e-6);
});

test('an activation that is not known there, or another step, stays', async () => {
  for (const attributes of [
    window(1, 1, { fused: ['BiasAdd', 'Elu'] }),
    window(2, 1, { fused: ['BiasAdd'] }),
  ]) {
    const out = node('_FusedConv2D', 'out', ['joined', 'filter', 'bias'], attributes);
    const graph = buildGraph({ inputs, weights, nodes: [large, joined, out], outputs: ['out'] });
    const after = await rewritten(graph, [interleaveUpsampling], values());
    expect(after.ops).toEqual(['ConcatV2', 'ResizeNearestNeighbor', '_FusedConv2D']);
  }
});
