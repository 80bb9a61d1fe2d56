import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import { EngineError } from '../engine-error';
import type { WeightSpec } from './format';
import { Shards } from './shards';
import { decodeWeights } from './weights';

beforeAll(async () => void (await tf.setBackend('cpu')));

/** The weights of one shard that is there. */
async function decoded(specs: WeightSpec[], data: ArrayBuffer) {
  const shards = new Shards([{ bytes: data.byteLength, data: Promise.resolve(data) }]);
  const weights = decodeWeights(specs, shards);
  await shards.until(data.byteLength);
  return (name: string) => [...(weights.get(name)?.values() ?? [])];
}

test("every float16 is what tfjs's own decoder makes of it", async () => {
  const bits = Uint16Array.from({ length: 65536 }, (_, index) => index);
  const specs: WeightSpec[] = [
    { name: 'half', shape: [65536], dtype: 'float32', quantization: { dtype: 'float16' } },
  ];
  const ours = await decoded(specs, bits.buffer);
  const theirs = tf.io.decodeWeights(bits.buffer, specs as tf.io.WeightsManifestEntry[]).half;
  expect(ours('half')).toEqual([...((await theirs?.data()) ?? [])]);
});

test('uint8 with scale and min, int32, and tensors that begin at odd places', async () => {
  const specs: WeightSpec[] = [
    { name: 'eighth', shape: [3], dtype: 'float32', quantization: { dtype: 'uint8', scale: 1, min: -128 } },
    { name: 'plain', shape: [1], dtype: 'float32' },
    { name: 'whole', shape: [], dtype: 'int32' },
  ];
  const bytes = new Uint8Array(11);
  bytes.set([0, 128, 255]);
  bytes.set(new Uint8Array(Float32Array.of(1.5).buffer), 3);
  bytes.set(new Uint8Array(Int32Array.of(-7).buffer), 7);
  const weights = await decoded(specs, bytes.buffer);
  expect(weights('eighth')).toEqual([-128, 0, 127]);
  expect(weights('plain')).toEqual([1.5]);
  expect(weights('whole')).toEqual([-7]);
});

test('too few and too many bytes are refused', async () => {
  const specs: WeightSpec[] = [{ name: 'a', shape: [2], dtype: 'float32' }];
  await expect(decoded(specs, new ArrayBuffer(7))).rejects.toThrow(EngineError);
  await expect(decoded(specs, new ArrayBuffer(9))).rejects.toThrow(EngineError);
});
