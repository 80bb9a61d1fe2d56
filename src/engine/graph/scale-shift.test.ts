import { beforeAll, expect, test } from 'vitest';
import { buildGraph, node, rewritten, someFloats, someValues, window } from '../testing/build-graph';
import { useReferences } from '../testing/reference-kernels';
import { fuseActivations } from './activation';
import { ownAverages } from './average';
import { ownConvolutions } from './convolution';
import { ownGates } from './gate';
import { fuseScaleShifts, ownScaleShifts, scaleByConvolution } from './scale-shift';

beforeAll(useReferences);

const rewrites = [
  ownConvolutions,
  ownAverages,
  fuseActivations,
  ownGates,
  ownScaleShifts,
  fuseActivations,
  fuseScaleShifts,
];
const weights = {
  factor: someFloats(4),
  offset: someFloats(1, 1, 1, 4),
  small: someFloats(1, 1, 4, 6),
  large: someFloats(3, 3, 4, 6),
  squeeze: someFloats(1, 1, 4, 2),
  excite: someFloats(1, 1, 2, 4),
  bias2: someFloats(2),
  bias4: someFloats(4),
};
const inputs = { image: [-1, 6, 6, 4] };
const image = () => ({ image: someValues(2, 6, 6, 4) });
const shifted = (from: string) => [
  node('Mul', 'scaled', ['factor', from]),
  node('AddV2', 'shifted', ['scaled', 'offset']),
  node('Relu', 'positive', ['shifted']),
];

test('what is left of a batch normalisation, and its ReLU, is part of the 1 by 1 convolution behind it', async () => {
  const nodes = [...shifted('image'), node('Conv2D', 'out', ['positive', 'small'], window())];
  const after = await rewritten(buildGraph({ inputs, weights, nodes, outputs: ['out'] }), rewrites, image());
  expect(after.ops).toEqual(['LentigoConvolution']);
  expect(after.difference).toBeLessThan(1e-6);
});

test('it is an operation of its own where a larger convolution reads it again and again, or others read it too', async () => {
  for (const [filter, outputs] of [
    ['large', ['out']],
    ['small', ['out', 'positive']],
  ] as const) {
    const nodes = [...shifted('image'), node('Conv2D', 'out', ['positive', filter], window())];
    const graph = buildGraph({ inputs, weights, nodes, outputs: [...outputs] });
    const after = await rewritten(graph, rewrites, image());
    expect(after.ops).toEqual(['LentigoConvolution', 'LentigoScaleShift']);
    expect(after.difference).toBeLessThan(1e-6);
  }
});

test('behind a gate it multiplies by the gate too', async () => {
  const layer = (fused: string[]) => window(1, 'VALID', { fused: ['BiasAdd', ...fused] });
  const nodes = [
    node('AvgPool', 'means', ['image'], window(6, 'VALID', { size: 6 })),
    node('_FusedConv2D', 'squeezed', ['means', 'squeeze', 'bias2'], layer(['Relu'])),
    node('_FusedConv2D', 'gate', ['squeezed', 'excite', 'bias4'], layer(['Sigmoid'])),
    node('Mul', 'gated', ['image', 'gate']),
    ...shifted('gated'),
  ];
  const after = await rewritten(
    buildGraph({ inputs, weights, nodes, outputs: ['positive'] }),
    rewrites,
    image(),
  );
  expect(after.ops).toEqual(['LentigoAverage', 'LentigoGate', 'LentigoScaleShift']);
  expect(after.difference).toBeLessThan(1e-6);
});

test('without kernels of our own it is a convolution of each channel by itself', async () => {
  for (const [nodes, outputs] of [
    [shifted('image'), ['positive']],
    [shifted('image'), ['positive', 'shifted']],
    [shifted('image').slice(0, 2), ['shifted']],
  ] as const) {
    const graph = buildGraph({ inputs, weights, nodes: [...nodes], outputs: [...outputs] });
    const after = await rewritten(graph, [scaleByConvolution], image());
    expect(after.ops).toContain('FusedDepthwiseConv2dNative');
    expect(after.ops).not.toContain('Mul');
    expect(after.difference).toBeLessThan(1e-6);
  }
});
