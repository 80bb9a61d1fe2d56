import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EngineService } from './service';
import type { TinyPackage } from './testing/build-package';
import { FakeServer } from './testing/fake-server';
import { goldenPackage, startCpu } from './testing/golden-package';
import { decodeDrawn } from './testing/open-engine';

const packageId = 'tiny-classifier';
let tiny: TinyPackage;
let engine: EngineService;
/** What happened, in order. */
let log: string[];
let lastCall = 0;

beforeAll(async () => {
  tiny = await goldenPackage();
});

beforeEach(() => {
  log = [];
  const server = new FakeServer(tiny);
  engine = new EngineService({
    source: server.source,
    backendFactories: { webgpu: () => startCpu('webgpu'), wasm: () => startCpu('wasm') },
    gpu: async () => ({ kind: 'no-webgpu' }),
    decode: decodeDrawn,
    requests: () => ({ own: 0, elsewhere: 0 }),
  });
  engine.open({ models: server.models.href, pinned: null }, (call, { stage }) =>
    log.push(`${call} ${stage}`),
  );
});

const next = () => ++lastCall;
const analyse = (photo: string, call = next()) =>
  engine.analyse(call, new Blob([photo]), { packageId, overruleGate: true });

test('a photo gets its analysis, as plain data, with all that is needed to reproduce it', async () => {
  const answer = await analyse('200 120 90');
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
  const analysis = answer.value;
  const { provenance, probabilities, decision } = analysis;
  expect(provenance).toMatchObject({ packageId, packageVersion: '1.0.0', backend: 'wasm', adapter: 'CPU' });
  expect(provenance.packageHash).toMatch(/^[0-9a-f]{64}$/);
  expect(analysis.photo).toEqual({ width: 20, height: 10 });
  expect(analysis.square).toEqual({ left: 5, top: 0, side: 10 });
  expect(probabilities.map(({ id }) => id)).toEqual(['nv', 'mel']);
  expect(probabilities.reduce((sum, { raw }) => sum + raw, 0)).toBeCloseTo(1, 12);
  const [nv, mel] = probabilities;
  // Temperature: the calibrated log-odds are the raw ones divided by it.
  const odds = (a = 0, b = 0) => Math.log(a / b);
  expect(odds(nv?.calibrated, mel?.calibrated)).toBeCloseTo(odds(nv?.raw, mel?.raw) / 1.31, 6);
  expect(decision).toEqual({
    positive: ['mel'],
    probability: mel?.calibrated,
    threshold: 0.21,
    above: (mel?.calibrated ?? 0) >= 0.21,
    wanted: null,
  });
  expect(analysis.activation?.planes.map(({ values }) => values.length)).toEqual([64, 64]);
  expect(analysis.outOfDistribution?.inDistribution).toBe((analysis.outOfDistribution?.score ?? 0) <= 12.3);
  expect(structuredClone(analysis)).toEqual(analysis);
  expect((await analyse('20 120 90')).ok && log.at(-1)).toBe(`${lastCall} network`);
});

test('the mean of the activation map is the logit without its bias', async () => {
  const answer = await analyse('200 120 90');
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
  answer.value.activation?.planes.forEach(({ values }, index) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const bias = index === 0 ? 0.25 : -0.25;
    expect(mean + bias).toBeCloseTo(answer.value.probabilities[index]?.logit ?? Number.NaN, 5);
  });
});

test('calls never interleave', async () => {
  await engine.load(next(), packageId);
  log = [];
  const calls = [next(), next(), next()];
  await Promise.all(calls.map((call) => analyse('1 2 3', call)));
  expect(log).toEqual(
    calls.flatMap((call) => ['decode', 'resize', 'network'].map((stage) => `${call} ${stage}`)),
  );
});

test('a batch in the background lets the photo that the user looks at go first', async () => {
  const [first, batch, looked] = [next(), next(), next()];
  const photo = new Blob(['1 2 3']);
  const request = { packageId, overruleGate: true };
  await Promise.all([
    engine.analyse(first, photo, { ...request, background: true }),
    engine.analyse(batch, photo, { ...request, background: true }),
    engine.analyse(looked, photo, request),
  ]);
  const order = [...new Set(log.map((line) => Number(line.split(' ')[0])))];
  expect(order).toEqual([looked, first, batch]);
});

describe('cancelling', () => {
  test('a call that waits and one that runs, without harm to the next', async () => {
    const [running, waiting, after] = [next(), next(), next()];
    const answers = [running, waiting, after].map((call) => analyse('1 2 3', call));
    engine.cancel(running);
    engine.cancel(waiting);
    const codes = (await Promise.all(answers)).map((answer) => (answer.ok ? 'ok' : answer.failure.code));
    expect(codes).toEqual(['cancelled', 'cancelled', 'ok']);
    expect(log.some((line) => line.startsWith(`${waiting} `))).toBe(false);
  });
});

test('nothing leaks: done, failed and cancelled analyses leave as many tensors as before', async () => {
  await analyse('1 2 3');
  const before = tf.memory().numTensors;
  for (let round = 0; round < 10; round++) {
    const given = next();
    const answers = [analyse('9 9 9'), analyse('broken'), analyse('5 5 5', given)];
    engine.cancel(given);
    const codes = (await Promise.all(answers)).map((answer) => (answer.ok ? 'ok' : answer.failure.code));
    expect(codes).toEqual(['ok', 'file-unreadable', 'cancelled']);
  }
  expect(tf.memory().numTensors).toBe(before);
});

test('the diagnostics are those of rest, whatever was asked before', async () => {
  await analyse('1 2 3');
  const rest = await engine.diagnostics(next());
  const [, after] = await Promise.all([analyse('5 5 5'), engine.diagnostics(next())]);
  expect(after).toEqual(rest);
  const { numTensors: tensors, numBytes: bytes } = tf.memory();
  expect(rest).toMatchObject({ ok: true, value: { tensors, bytes, requests: { own: 0, elsewhere: 0 } } });
});

test('a package that is loaded is there at once; another back end loads it again', async () => {
  const first = await engine.load(next(), packageId);
  const second = await engine.load(next(), packageId);
  expect(first.ok && first.value.milliseconds).toBeGreaterThan(0);
  expect(second.ok && second.value.milliseconds).toBe(0);
  const pinned = await engine.pinBackend(next(), 'webgpu');
  // The browser of this test has no WebGPU.
  expect(!pinned.ok && pinned.failure.code).toBe('backend-unavailable');
  await engine.pinBackend(next(), 'wasm');
  const third = await engine.load(next(), packageId);
  expect(third.ok && third.value.milliseconds).toBeGreaterThan(0);
});

test('a package that nobody knows', async () => {
  const answer = await engine.analyse(next(), new Blob(['1 2 3']), { packageId: 'none' });
  expect(answer).toEqual({ ok: false, failure: { code: 'package-unknown', detail: { package: 'none' } } });
});
