import { beforeAll, expect, test } from 'vitest';
import {
  buildGraph,
  node,
  rewritten,
  someFloats,
  someValues,
  theNumber,
  window,
} from '../testing/build-graph';
import { useReferences } from '../testing/reference-kernels';
import { fuseActivations } from './activation';
import { ownConvolutions } from './convolution';
import { ownDenseBlocks } from './dense-block';
import { fuseScaleShifts, ownScaleShifts } from './scale-shift';

beforeAll(useReferences);

const rewrites = [ownConvolutions, ownScaleShifts, fuseActivations, fuseScaleShifts, ownDenseBlocks];
const growth = 4;

/** A layer of a dense block: of what was joined so far, to which it joins more. */
function layer(index: number, from: string) {
  const [scaled, shifted, positive, narrow, grown, joined] = [
    'scaled',
    'shifted',
    'positive',
    'narrow',
    'grown',
    'joined',
  ].map((part) => `${part}${index}`) as [string, string, string, string, string, string];
  return [
    node('Mul', scaled, [from, `factor${index}`]),
    node('AddV2', shifted, [scaled, `offset${index}`]),
    node('Relu', positive, [shifted]),
    node('Conv2D', narrow, [positive, `first${index}`], window()),
    node('Conv2D', grown, [narrow, `second${index}`], window()),
    node('ConcatV2', joined, [from, grown, 'axis'], { N: { i: '2' } }),
  ];
}

const weights = {
  axis: theNumber(3),
  ...Object.fromEntries(
    [0, 1, 2].flatMap((index) => {
      const channels = 6 + growth * index;
      return [
        [`factor${index}`, someFloats(channels)],
        [`offset${index}`, someFloats(channels)],
        [`first${index}`, someFloats(1, 1, channels, 8)],
        [`second${index}`, someFloats(3, 3, 8, growth)],
      ];
    }),
  ),
};
const inputs = { image: [-1, 5, 5, 6] };
const nodes = [...layer(0, 'image'), ...layer(1, 'joined0'), ...layer(2, 'joined1')];
const image = () => ({ image: someValues(2, 5, 5, 6) });

test('a dense block grows in one image', async () => {
  const after = await rewritten(
    buildGraph({ inputs, weights, nodes, outputs: ['joined2'] }),
    rewrites,
    image(),
  );
  expect(after.ops).toEqual([...Array(6).fill('LentigoConvolution'), 'LentigoSlab']);
  expect(after.difference).toBeLessThan(1e-5);
});

test('where somebody needs what was joined so far as it is, it is joined as before', async () => {
  const graph = buildGraph({ inputs, weights, nodes, outputs: ['joined2', 'joined1'] });
  const after = await rewritten(graph, rewrites, image());
  expect(after.ops).not.toContain('LentigoSlab');
  expect(after.difference).toBeLessThan(1e-5);
});

test('a convolution that reads all that it is joined to cannot write to it', async () => {
  const own = someFloats(3, 3, 6, growth);
  const second = someFloats(3, 3, 6 + growth, growth);
  const graph = buildGraph({
    inputs,
    weights: { axis: theNumber(-1), own, second },
    nodes: [
      node('Conv2D', 'a', ['image', 'own'], window()),
      node('ConcatV2', 'first', ['image', 'a', 'axis'], { N: { i: '2' } }),
      node('Conv2D', 'b', ['first', 'second'], window()),
      node('ConcatV2', 'out', ['first', 'b', 'axis'], { N: { i: '2' } }),
    ],
    outputs: ['out'],
  });
  const after = await rewritten(graph, rewrites, image());
  expect(after.ops).not.toContain('LentigoSlab');
  expect(after.difference).toBeLessThan(1e-5);
});
