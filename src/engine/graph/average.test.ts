import { beforeAll, expect, test } from 'vitest';
import { buildGraph, node, rewritten, someValues, theInts, window } from '../testing/build-graph';
import { useReferences } from '../testing/reference-kernels';
import { ownAverages } from './average';

beforeAll(useReferences);

test('pools as large as the image, and means over its sides, are averages', async () => {
  const graph = buildGraph({
    inputs: { image: [-1, 6, 6, 3], tokens: [-1, 5, 4] },
    weights: { sides: theInts(1, 2), last: theInts(-2), all: theInts(1, 2, 3) },
    nodes: [
      node('AvgPool', 'pool', ['image'], window(6, 'VALID', { size: 6 })),
      node('Mean', 'kept', ['image', 'sides'], { keep_dims: { b: true } }),
      node('Mean', 'gone', ['image', 'sides'], { keep_dims: { b: false } }),
      node('Mean', 'token', ['tokens', 'last'], { keep_dims: { b: false } }),
      node('AvgPool', 'halves', ['image'], window(3, 'VALID', { size: 3 })),
      node('AvgPool', 'around', ['image'], window(1, 'SAME', { size: 6 })),
      node('Mean', 'one', ['image', 'all'], { keep_dims: { b: false } }),
    ],
    outputs: ['pool', 'kept', 'gone', 'token', 'halves', 'around', 'one'],
  });
  const inputs = { image: someValues(2, 6, 6, 3), tokens: someValues(3, 5, 4) };
  const after = await rewritten(graph, [ownAverages], inputs);
  expect(after.ops).toEqual([...Array(2).fill('AvgPool'), ...Array(4).fill('LentigoAverage'), 'Mean']);
  expect(after.difference).toBeLessThan(1e-6);
});
