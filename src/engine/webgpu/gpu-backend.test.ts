// In a process of its own: it opens the GPU.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { GraphNode } from '../graph/graph';
import { rewriteGraph } from '../graph/rewrite';
import { Network } from '../network';
import { readNetwork } from '../package/artifacts';
import { goldenInputs } from '../package/golden';
import { instantiate } from '../package/instantiate';
import type { Values } from '../pass';
import {
  answersOf,
  buildGraph,
  difference,
  node,
  someFloats,
  someValues,
  window,
} from '../testing/build-graph';
import { goldenPackage } from '../testing/golden-package';
import { startNodeGpu } from '../testing/node-gpu';
import type { GpuBackend } from './gpu-backend';
import { NotRecordable } from './recording';

const started = await startNodeGpu('software');
const timeoutMs = 60_000;

describe.skipIf(!started)('WebGPU', () => {
  let gpu: GpuBackend;
  beforeAll(() => {
    gpu = started?.gpu as GpuBackend;
  });
  beforeEach(async () => {
    await tf.setBackend('webgpu');
  });

  const held = () => {
    gpu.trim();
    const { numTensors, numBytesInGPU, numBytesAllocatedInGPU } = tf.memory() as tf.MemoryInfo & {
      numBytesInGPU: number;
      numBytesAllocatedInGPU: number;
    };
    return [numTensors, numBytesInGPU, numBytesAllocatedInGPU];
  };

  /** Small enough for TensorFlow.js to compute on the processor, if it were let. */
  const small = (tensors: tf.NamedTensorMap) => [tf.add(tf.square(tensors.x as tf.Tensor), tf.scalar(1))];
  const row = (...data: number[]): Values => ({ shape: [data.length], data: Float32Array.from(data) });

  test(
    'a recorded pass answers other inputs, and frees all that it had',
    async () => {
      const before = held();
      const plan = gpu.record({ x: row(1, 2) }, small);
      expect(plan.dispatches).toBe(2);
      expect([...((await plan.run({ x: row(3, -4) }))[0]?.data ?? [])]).toEqual([10, 17]);
      expect([...((await plan.run({ x: row(0, 1) }))[0]?.data ?? [])]).toEqual([1, 2]);
      plan.dispose();
      expect(held()).toEqual(before);
    },
    timeoutMs,
  );

  test(
    'two plans share what neither has to find again',
    async () => {
      const large = (tensors: tf.NamedTensorMap) => [tf.sum(tf.exp(tf.relu(tensors.x as tf.Tensor)))];
      const x = row(...Array.from({ length: 5000 }, (_, at) => at / 5000));
      const plans = [gpu.record({ x }, large), gpu.record({ x }, large)];
      const [, , allocated = 0] = held();
      expect(allocated).toBeLessThan(plans.reduce((sum, { bytes }) => sum + bytes, 0));
      const answers = await Promise.all([plans[0]?.run({ x }), plans[1]?.run({ x })]);
      expect(answers[0]).toEqual(answers[1]);
      for (const plan of plans) plan.dispose();
    },
    timeoutMs,
  );

  test('a value that the processor would have to compute again is not recorded', () => {
    const before = held();
    const reading = (tensors: tf.NamedTensorMap) => {
      const doubled = tf.mul(tensors.x as tf.Tensor, 2);
      return [tf.tensor1d([...doubled.dataSync()])];
    };
    expect(() => gpu.record({ x: row(1, 2) }, reading)).toThrow(NotRecordable);
    const forwarding = (tensors: tf.NamedTensorMap) => [
      tf.tensor1d([...(tensors.x as tf.Tensor).dataSync()]),
    ];
    expect(() => gpu.record({ x: row(1, 2) }, forwarding)).toThrow(NotRecordable);
    expect(held()).toEqual(before);
  });

  test('a computed tensor that outlives its pass would be overwritten, and is found', async () => {
    const plan = gpu.record({ x: row(1, 2) }, small);
    const outliving = tf.tidy(() => tf.exp(tf.tensor1d(Array(2000).fill(1))));
    await expect(plan.run({ x: row(1, 2) })).rejects.toThrow('outlived its pass');
    outliving.dispose();
    await plan.run({ x: row(1, 2) });
    plan.dispose();
  });

  test(
    'a whole network, rewritten, loaded, recorded: as it was stored, and nothing stays',
    async () => {
      const { card, files } = await goldenPackage();
      await tf.setBackend('webgpu');
      const before = held();
      const dataOf = async (path: string) => files.get(path)?.buffer;
      const backend = { ...started, software: false } as NonNullable<typeof started>;
      const network = await instantiate(await readNetwork(card, dataOf), backend, card);
      const outputs = ['logits', 'cam', 'ood'];
      const inputs = goldenInputs(card);
      const unrecorded = await network.forward(inputs, outputs);
      await network.record(inputs, outputs);
      expect(await network.forward(inputs, outputs)).toEqual(unrecorded);
      const logits = [...(unrecorded[0]?.data ?? [])];
      for (const [at, logit] of logits.entries())
        expect(logit).toBeCloseTo(card.golden.logits?.[at] ?? Number.NaN, 4);
      expect(network.bytes).toBeGreaterThan(network.weightBytes);
      network.dispose();
      expect(held()).toEqual(before);
      expect(started?.takeErrors()).toEqual([]);
    },
    timeoutMs,
  );

  test(
    'a graph with all that the rewrites know answers what it answered before',
    async () => {
      const pooled: GraphNode = node('AvgPool', 'means', ['swish'], window(6, 'VALID', { size: 6 }));
      const layer = (fused: string[]) => window(1, 'VALID', { fused: ['BiasAdd', ...fused] });
      const graph = buildGraph({
        inputs: { image: [-1, 12, 12, 3] },
        weights: {
          stem: someFloats(3, 3, 3, 8),
          depthwise: someFloats(3, 3, 8, 1),
          squeeze: someFloats(1, 1, 8, 2),
          excite: someFloats(1, 1, 2, 8),
          bias2: someFloats(2),
          bias8: someFloats(8),
          project: someFloats(1, 1, 8, 8),
        },
        nodes: [
          node('Conv2D', 'convolved', ['image', 'stem'], window(2)),
          node('FusedDepthwiseConv2dNative', 'each', ['convolved', 'depthwise', 'bias8'], {
            ...window(),
            ...layer([]),
            ...window(1, 'SAME', { fused: ['BiasAdd'] }),
          }),
          node('Sigmoid', 'sigmoid', ['each']),
          node('Mul', 'swish', ['each', 'sigmoid']),
          pooled,
          node('_FusedConv2D', 'squeezed', ['means', 'squeeze', 'bias2'], layer(['Relu'])),
          node('_FusedConv2D', 'gate', ['squeezed', 'excite', 'bias8'], layer(['Sigmoid'])),
          node('Mul', 'gated', ['swish', 'gate']),
          node('Conv2D', 'projected', ['gated', 'project'], window()),
          node('AddV2', 'out', ['convolved', 'projected']),
        ],
        outputs: ['out'],
      });
      const after = rewriteGraph(graph, 'webgpu');
      const inputs = { image: someValues(2, 12, 12, 3) };
      const actual = await answersOf(after, inputs);
      await tf.setBackend('cpu');
      expect(difference(await answersOf(graph, inputs), actual)).toBeLessThan(1e-5);
      const ops = after.nodes.map(({ op }) => op).filter((op) => op.startsWith('Lentigo'));
      expect(ops).toHaveLength(5);
    },
    timeoutMs,
  );
});

test('without a recorder nothing is recorded', async () => {
  const network = new Network({ dispose: () => {} } as never);
  await network.record({}, []);
  expect(network.bytes).toBe(0);
  network.dispose();
});
