import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { Backends } from '../backend/backends';
import type { RunningBackend } from '../backend/running';
import { toResult } from '../engine-error';
import type { TinyPackage } from '../testing/build-package';
import { FakeServer } from '../testing/fake-server';
import { goldenPackage, startCpu } from '../testing/golden-package';
import { codeOf, openPackages } from '../testing/open-packages';
import { tinyPackage } from '../testing/tiny-package';
import { Catalogue } from './catalogue';
import { Packages } from './packages';

const id = 'tiny-classifier';
let tiny: TinyPackage;

beforeAll(async () => {
  tiny = await goldenPackage();
});

/** A GPU that computes everything one tenth too large. */
class WrongBackend extends MathBackendCPU {
  override async read(dataId: object): Promise<tf.BackendValues> {
    return (this.readSync(dataId) as Float32Array).map((value) => value * 1.1);
  }
}

beforeAll(() => {
  for (const kernel of tf.getKernelsForBackend('cpu')) tf.registerKernel({ ...kernel, backendName: 'wrong' });
  tf.registerBackend('wrong', () => new WrongBackend());
});

function openWith(webgpu: () => Promise<RunningBackend>, pinned: 'webgpu' | null = null) {
  const server = new FakeServer(tiny);
  const factories = { webgpu, wasm: () => startCpu('wasm') };
  const backends: Backends = new Backends(
    factories,
    async () => ({ kind: 'hardware' }),
    () => packages.releaseAll(),
  );
  backends.pin(pinned);
  const packages = new Packages(new Catalogue(server.source, server.models), backends);
  return { backends, load: () => toResult(() => packages.load(id, new AbortController().signal, () => {})) };
}

const startWrong = () => startCpu('webgpu', 'wrong');

test('it runs at every load: an answer that was right at an earlier visit may be wrong at this one', async () => {
  const server = new FakeServer(tiny);
  expect(codeOf(await openPackages(server).load())).toBe('ok');
  const backends: Backends = new Backends(
    { webgpu: startWrong, wasm: () => startCpu('wasm', 'wrong') },
    async () => ({ kind: 'no-webgpu' }),
    () => packages.releaseAll(),
  );
  const packages = new Packages(new Catalogue(server.source, server.models), backends);
  const later = await toResult(() => packages.load(id, new AbortController().signal, () => {}));
  expect(codeOf(later)).toBe('golden-failed');
});

test('wrong on the last back end: refused with the difference, no tensor left', async () => {
  const before = tf.memory().numTensors;
  const wrong = tinyPackage((tiny.card.golden.logits ?? []).map((logit) => logit + 0.01));
  const loaded = await openPackages(new FakeServer(wrong)).load();
  expect(codeOf(loaded)).toBe('golden-failed');
  expect(!loaded.ok && loaded.failure.detail.difference).toBeCloseTo(0.01, 5);
  expect(tf.memory().numTensors).toBe(before);
});

test('wrong on the first: the next one takes over and says why', async () => {
  const { load } = openWith(startWrong);
  const loaded = await load();
  expect(loaded.ok && loaded.value.backend.name).toBe('wasm');
  const [skipped] = loaded.ok ? loaded.value.backend.skippedBackends : [];
  expect(skipped).toMatchObject({ name: 'webgpu', reason: 'golden-wrong', detail: { package: id } });
  expect(skipped?.detail.difference).toBeGreaterThan(skipped?.detail.tolerance as number);
});

test('a back end that does not run the package at all is passed over too', async () => {
  const compile = () => Promise.reject(new Error('a shader does not compile'));
  const { load } = openWith(async () => ({ ...(await startCpu('webgpu')), compile }));
  const loaded = await load();
  expect(loaded.ok && loaded.value.backend.skippedBackends).toEqual([
    { name: 'webgpu', reason: 'does-not-run', detail: { package: id, reason: 'a shader does not compile' } },
  ]);
});

test('a pinned back end has no substitute, and is tried again once it is pinned again', async () => {
  const { load, backends } = openWith(startWrong, 'webgpu');
  expect(codeOf(await load())).toBe('golden-failed');
  expect((await backends.use()).name).toBe('webgpu');
});

test('a device lost under way answers device-lost; the next call brings up a new one', async () => {
  let lose = (_: string) => {};
  let starts = 0;
  const { load, backends } = openWith(async () => {
    starts += 1;
    const lost = new Promise<string>((resolve) => {
      lose = resolve;
    });
    return { ...(await startCpu('webgpu')), lost };
  });
  const status = await backends.use();
  const work = toResult(() => backends.guard(status, () => new Promise(() => {})));
  lose('unplugged');
  expect(await work).toEqual({
    ok: false,
    failure: { code: 'device-lost', detail: { reason: 'unplugged' } },
  });
  // Work that was prepared for the lost one must not reach the new one.
  const late = await toResult(() => backends.guard(status, async () => 'done'));
  expect(!late.ok && late.failure.code).toBe('device-lost');
  expect(codeOf(await load())).toBe('ok');
  expect(starts).toBe(2);
});
