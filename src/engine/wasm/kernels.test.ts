import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { rewriteGraph } from '../graph/rewrite';
import {
  answersOf,
  buildGraph,
  difference,
  node,
  someFloats,
  someValues,
  theInts,
  theNumber,
  window,
} from '../testing/build-graph';
import { generator } from '../testing/build-package';
import { distance } from '../testing/compare-kernels';
import { startNodeWasm } from '../testing/node-wasm';

beforeAll(async () => void (await startNodeWasm()));

const random = generator(3);
const floats = (...shape: number[]) => ({
  shape,
  values: Float32Array.from(
    { length: shape.reduce((product, length) => product * length, 1) },
    () => 4 * random() - 2,
  ),
});
const few = fc.integer({ min: 1, max: 5 });
const channels = fc.integer({ min: 1, max: 20 });

test('an image of four quarters is on WASM what it is on the CPU, whatever the size', async () => {
  const kinds = fc.constantFrom('linear' as const, 'relu' as const, 'relu6' as const);
  const sizes = fc.tuple(few, few, few, channels, kinds, fc.boolean());
  const property = fc.asyncProperty(sizes, async ([count, height, width, each, activation, beside]) => {
    const quarters = [1, 2, 3, 4].map(() => floats(count, height, width, each));
    if (beside) quarters.push(floats(count, 2 * height, 2 * width, each));
    expect(await distance('LentigoInterleave', { activation }, quarters, 'wasm')).toBe(0);
  });
  await fc.assert(property, { numRuns: 40, seed: 2 });
});

test('a graph with all that is rewritten for WASM answers there what it answers on the CPU', async () => {
  const graph = buildGraph({
    inputs: { image: [-1, 8, 8, 6] },
    weights: {
      factor: someFloats(6),
      offset: someFloats(6),
      filter: someFloats(1, 1, 6, 5),
      bias: someFloats(5),
      size: theInts(8, 8),
      axis: theNumber(3),
      large: someFloats(3, 3, 11, 4),
      bias4: someFloats(4),
    },
    nodes: [
      node('Mul', 'scaled', ['image', 'factor']),
      node('AddV2', 'shifted', ['scaled', 'offset']),
      node('Relu', 'positive', ['shifted']),
      node(
        '_FusedConv2D',
        'narrow',
        ['positive', 'filter', 'bias'],
        window(1, 'VALID', { fused: ['BiasAdd'] }),
      ),
      node('AvgPool', 'pooled', ['narrow'], window(2, 'VALID', { size: 2 })),
      node('ResizeNearestNeighbor', 'doubled', ['pooled', 'size']),
      node('ConcatV2', 'joined', ['doubled', 'image', 'axis'], { N: { i: '2' } }),
      node('_FusedConv2D', 'out', ['joined', 'large', 'bias4'], window(1, 1, { fused: ['BiasAdd', 'Relu'] })),
      node('ConcatV2', 'both', ['narrow', 'positive', 'axis'], { N: { i: '2' } }),
    ],
    outputs: ['out', 'both'],
  });
  const inputs = { image: someValues(2, 8, 8, 6) };
  const { numTensors } = tf.memory();
  await tf.setBackend('cpu');
  const expected = await answersOf(graph, inputs);
  await tf.setBackend('wasm');
  const after = rewriteGraph(graph, 'wasm');
  expect(difference(expected, await answersOf(after, inputs))).toBeLessThan(1e-6);
  const ops = new Set(after.nodes.map(({ op }) => op));
  for (const gone of ['Mul', 'AddV2', 'Relu', 'ResizeNearestNeighbor']) expect(ops).not.toContain(gone);
  expect(tf.memory().numTensors).toBe(numTensors);
});
