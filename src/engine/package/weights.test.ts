import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import { EngineError } from '../engine-error';
import type { WeightSpec } from './format';
import { decodeWeights } from './weights';

beforeAll(async () => void (await tf.setBackend('cpu')));

test("every float16 is what tfjs's own decoder makes of it", async () => {
  const bits = Uint16Array.from({ length: 65536 }, (_, index) => index);
  const specs: WeightSpec[] = [
    { name: 'half', shape: [65536], dtype: 'float32', quantization: { dtype: 'float16' } },
  ];
  const ours = decodeWeights(specs, bits.buffer).get('half')?.values ?? [];
  const theirs = tf.io.decodeWeights(bits.buffer, specs as tf.io.WeightsManifestEntry[]).half;
  expect([...ours]).toEqual([...((await theirs?.data()) ?? [])]);
});

test('uint8 with scale and min, int32, and tensors that begin at odd places', () => {
  const specs: WeightSpec[] = [
    { name: 'eighth', shape: [3], dtype: 'float32', quantization: { dtype: 'uint8', scale: 1, min: -128 } },
    { name: 'plain', shape: [1], dtype: 'float32' },
    { name: 'whole', shape: [], dtype: 'int32' },
  ];
  const bytes = new Uint8Array(11);
  bytes.set([0, 128, 255]);
  bytes.set(new Uint8Array(Float32Array.of(1.5).buffer), 3);
  bytes.set(new Uint8Array(Int32Array.of(-7).buffer), 7);
  const weights = decodeWeights(specs, bytes.buffer);
  expect([...(weights.get('eighth')?.values ?? [])]).toEqual([-128, 0, 127]);
  expect([...(weights.get('plain')?.values ?? [])]).toEqual([1.5]);
  expect([...(weights.get('whole')?.values ?? [])]).toEqual([-7]);
});

test('too few and too many bytes are refused', () => {
  const specs: WeightSpec[] = [{ name: 'a', shape: [2], dtype: 'float32' }];
  expect(() => decodeWeights(specs, new ArrayBuffer(7))).toThrow(EngineError);
  expect(() => decodeWeights(specs, new ArrayBuffer(9))).toThrow(EngineError);
});
