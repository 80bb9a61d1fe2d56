import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { TinyPackage } from '../testing/build-package';
import { goldenPackage } from '../testing/golden-package';
import { failureOf, openEngine, unwrapped } from '../testing/open-engine';
import { tinyPackage } from '../testing/tiny-package';

const packageId = 'tiny-classifier';
let tiny: TinyPackage;

beforeAll(async () => {
  tiny = await goldenPackage();
});

test('a self-test runs the golden sample of a package that is loaded already', async () => {
  const { engine, next } = openEngine([tiny]);
  unwrapped(await engine.load(next(), packageId));
  const before = tf.memory().numTensors;
  const test = unwrapped(await engine.selfTest(next(), packageId));
  expect(test).toMatchObject({ passed: true, tolerance: tiny.card.golden.tolerance });
  expect(test.backend.name).toBe('wasm');
  expect(test.difference).toBeLessThan(1e-6);
  expect(tf.memory().numTensors).toBe(before);
});

test('a self-test that comes out wrong is a result, with how far it is off', async () => {
  const [first = 0, second = 0] = tiny.card.golden.logits ?? [];
  const { engine, next } = openEngine([tinyPackage([first + 0.5, second])]);
  const test = unwrapped(await engine.selfTest(next(), packageId));
  expect(test.passed).toBe(false);
  expect(test.difference).toBeCloseTo(0.5, 5);
});

test('a benchmark times what was asked for and leaves nothing behind', async () => {
  const { engine, server, next } = openEngine([tiny]);
  await engine.backend(next());
  const before = tf.memory().numTensors;
  const request = { packageId, download: true, maxPasses: 8, timeoutMs: 10_000 };
  const result = unwrapped(await engine.benchmark(next(), request));
  const total = tiny.card.files.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(result).toMatchObject({ packageId, download: { bytes: total }, batch: { size: 8 } });
  expect(result.steady).toHaveLength(8);
  expect(result.memory.weights).toBeGreaterThan(0);
  expect(tf.memory().numTensors).toBe(before);

  // Without its server there is no download to time, and everything else goes on from the cache.
  server.online = false;
  expect(unwrapped(await engine.benchmark(next(), request)).download).toBeNull();
});

test('a benchmark makes three passes however short its time, and none of eight at once', async () => {
  const { engine, next } = openEngine([tiny]);
  const request = { packageId, download: false, maxPasses: 50, timeoutMs: 0 };
  const { steady, batch, download } = unwrapped(await engine.benchmark(next(), request));
  expect(steady).toHaveLength(3);
  expect([batch, download]).toEqual([null, null]);
});

test('a benchmark ends between two passes when it is cancelled', async () => {
  const opened = openEngine([tiny], {}, (stage, call) => {
    if (stage === 'network') opened.engine.cancel(Number(call));
  });
  const request = { packageId, download: false, maxPasses: 1000, timeoutMs: 60_000 };
  const answer = await opened.engine.benchmark(opened.next(), request);
  expect(failureOf(answer)?.code).toBe('cancelled');
});
