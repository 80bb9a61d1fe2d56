import { createHash } from 'node:crypto';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { Backends } from '../backend/backends';
import type { RunningBackend } from '../backend/running';
import type { Progress } from '../engine';
import { forward } from '../network';
import { settle } from '../refusal';
import type { TinyPackage } from '../testing/build-package';
import { FakeServer } from '../testing/fake-server';
import { goldenPackage, loadPlainly, startCpu } from '../testing/golden-package';
import { tinyPackage } from '../testing/tiny-package';
import { Catalogue } from './catalogue';
import { goldenInputs } from './golden';
import { Packages } from './packages';

const id = 'tiny-classifier';
let tiny: TinyPackage;

beforeAll(async () => {
  tiny = await goldenPackage();
});

function open(server: FakeServer, budget?: number) {
  const backends: Backends = new Backends(
    { webgpu: () => Promise.reject(new Error('none')), wasm: () => startCpu('wasm') },
    false,
    () => packages.forget(),
  );
  const packages = new Packages(new Catalogue(server.source, server.models), server.source, backends, budget);
  const progress: Progress[] = [];
  const load = (signal = new AbortController().signal) =>
    settle(() => packages.load(id, signal, (step) => progress.push(step)));
  return { load, packages, progress };
}

const codeOf = (result: Awaited<ReturnType<ReturnType<typeof open>['load']>>) =>
  result.ok ? 'ok' : result.failure.code;

test('loads, folds and passes its golden sample; all outputs as the unfolded network gives them', async () => {
  const { load, progress } = open(new FakeServer(tiny));
  const loaded = await load();
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
  expect(loaded.value.difference).toBeLessThan(1e-6);

  const outputs = ['logits', 'cam', 'ood'];
  const inputs = goldenInputs(tiny.card);
  const folded = await forward(loaded.value.model, inputs, outputs);
  const plain = await forward(await loadPlainly(tiny), inputs, outputs);
  expect(folded.map(({ shape }) => shape)).toEqual([
    [1, 2],
    [1, 8, 8, 2],
    [1, 1],
  ]);
  folded.forEach(({ data }, output) => {
    expect(data.some((value) => value !== 0)).toBe(true);
    data.forEach((value, at) => {
      expect(Math.abs(value - (plain[output]?.data[at] ?? Number.NaN))).toBeLessThan(1e-6);
    });
  });
  // Without the product, its factors are gone as well.
  expect(Object.keys(loaded.value.model.weights)).not.toContain('conv/quantised');
  expect(Object.keys(loaded.value.model.weights)).toContain('conv/weight');

  const last = progress.filter(({ stage }) => stage === 'download').at(-1);
  const total = tiny.card.files.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(last).toEqual({ stage: 'download', fraction: 1, bytes: { done: total, total } });
});

test('leaves no tensor behind once it is forgotten', async () => {
  const before = tf.memory().numTensors;
  const { load, packages } = open(new FakeServer(tiny));
  await load();
  expect(tf.memory().numTensors).toBeGreaterThan(before);
  packages.forget();
  expect(tf.memory().numTensors).toBe(before);
});

test('beyond the budget the least recently used one is let go, and comes back when it is wanted', async () => {
  const tensors = tf.memory().numTensors;
  const second = tinyPackage(tiny.card.golden.logits, { id: 'second' });
  const third = tinyPackage(tiny.card.golden.logits, { id: 'third' });
  const { packages } = open(new FakeServer(tiny, second, third), 1200);
  const load = (name: string) => packages.load(name, new AbortController().signal, () => {});
  const { bytes } = await load(id);
  // Room for two, not for three.
  expect([2 * bytes <= 1200, 3 * bytes > 1200]).toEqual([true, true]);
  await load('second');
  await load(id);
  await load('third');
  expect([id, 'second', 'third'].map((name) => packages.has(name))).toEqual([true, false, true]);
  expect((await load('second')).fromCache).toBe(true);
  packages.forget();
  expect(tf.memory().numTensors).toBe(tensors);
});

describe('refuses', () => {
  test('a shard with one wrong byte', async () => {
    const server = new FakeServer(tiny);
    const shard = new Uint8Array(tiny.files.get('group1-shard2of2.bin') ?? []);
    shard[7] = (shard[7] ?? 0) ^ 1;
    server.put(`${id}/group1-shard2of2.bin`, shard);
    const loaded = await open(server).load();
    expect(loaded).toEqual({
      ok: false,
      failure: { code: 'package-corrupt', detail: { file: 'group1-shard2of2.bin' } },
    });
    expect([...server.cached.keys()].some((key) => key.endsWith(tiny.card.files[2]?.sha256 ?? '-'))).toBe(
      false,
    );
  });

  test('a changed model.json', async () => {
    const server = new FakeServer(tiny);
    const text = new TextDecoder().decode(tiny.files.get('model.json')).replace('Relu', 'Relu6');
    server.put(`${id}/model.json`, new TextEncoder().encode(`${text} `));
    expect(codeOf(await open(server).load())).toBe('package-corrupt');
  });

  test('a truncated shard', async () => {
    const server = new FakeServer(tiny);
    server.put(
      `${id}/group1-shard1of2.bin`,
      (tiny.files.get('group1-shard1of2.bin') ?? new Uint8Array()).slice(0, 50),
    );
    expect(codeOf(await open(server).load())).toBe('package-corrupt');
  });

  test('a shard that is not there', async () => {
    const server = new FakeServer(tiny);
    server.files.delete(new URL(`${id}/group1-shard1of2.bin`, server.models).href);
    expect(await open(server).load()).toEqual({
      ok: false,
      failure: { code: 'package-unavailable', detail: { file: 'group1-shard1of2.bin', status: 404 } },
    });
  });

  test('a package that the index does not name', async () => {
    expect(codeOf(await open(new FakeServer()).load())).toBe('package-unknown');
  });

  test('a card that is none', async () => {
    const server = new FakeServer(tiny);
    server.put(`${id}/card.json`, new TextEncoder().encode('<!doctype html>'));
    expect(codeOf(await open(server).load())).toBe('package-invalid');
  });

  test('a call that was given up', async () => {
    const controller = new AbortController();
    controller.abort();
    expect(codeOf(await open(new FakeServer(tiny)).load(controller.signal))).toBe('cancelled');
  });
});

describe('cache', () => {
  test('the next visit needs no network', async () => {
    const server = new FakeServer(tiny);
    const first = await open(server).load();
    expect(first.ok && [first.value.fromCache, first.value.kept]).toEqual([false, true]);
    server.online = false;
    const second = await open(server).load();
    expect(second.ok && [second.value.fromCache, second.value.kept]).toEqual([true, true]);
  });

  test('what is damaged there is fetched again', async () => {
    const server = new FakeServer(tiny);
    await open(server).load();
    const key =
      [...server.cached.keys()].find((one) => one.endsWith(tiny.card.files[1]?.sha256 ?? '-')) ?? '';
    server.cached.set(key, new Uint8Array(100));
    server.requests.length = 0;
    expect(codeOf(await open(server).load())).toBe('ok');
    expect(server.requests).toEqual(['index.json', `${id}/card.json`, `${id}/group1-shard1of2.bin`]);
    expect(server.cached.get(key)).toEqual(tiny.files.get('group1-shard1of2.bin'));
  });

  test('files of earlier versions go, those of today stay', async () => {
    const server = new FakeServer(tiny);
    const old = `${server.models.origin}/sha256/${'0'.repeat(64)}`;
    server.cached.set(old, new Uint8Array(9));
    await open(server).load();
    const kept = new Set(server.cached.keys());
    expect(kept.has(old)).toBe(false);
    await open(server).load();
    expect(new Set(server.cached.keys())).toEqual(kept);
    for (const { sha256 } of tiny.card.files) {
      expect([...kept].some((key) => key.endsWith(sha256))).toBe(true);
    }
  });

  test('a full one is said, and costs nothing else', async () => {
    const server = new FakeServer(tiny);
    server.storageFull = true;
    const loaded = await open(server).load();
    expect(loaded.ok && loaded.value.kept).toBe(false);
    expect(codeOf(loaded)).toBe('ok');
  });
});

describe('golden sample', () => {
  /** A GPU that computes everything one tenth too large. */
  class WrongBackend extends MathBackendCPU {
    override async read(dataId: object): Promise<tf.BackendValues> {
      return (this.readSync(dataId) as Float32Array).map((value) => value * 1.1);
    }
  }

  beforeAll(() => {
    for (const kernel of tf.getKernelsForBackend('cpu'))
      tf.registerKernel({ ...kernel, backendName: 'wrong' });
    tf.registerBackend('wrong', () => new WrongBackend());
  });

  function openWith(webgpu: () => Promise<RunningBackend>, pinned: 'webgpu' | null = null) {
    const server = new FakeServer(tiny);
    const starters = { webgpu, wasm: () => startCpu('wasm') };
    const backends: Backends = new Backends(starters, true, () => packages.forget());
    backends.pin(pinned);
    const packages = new Packages(new Catalogue(server.source, server.models), server.source, backends);
    return { backends, load: () => settle(() => packages.load(id, new AbortController().signal, () => {})) };
  }

  test('once passed it is remembered for the same files and the same adapter', async () => {
    const server = new FakeServer(tiny);
    const first = await open(server).load();
    const second = await open(server).load();
    expect(first.ok && first.value.remembered).toBe(false);
    expect(second.ok && second.value.remembered).toBe(true);
    expect(second.ok && second.value.difference).toBe(first.ok && first.value.difference);

    const backends: Backends = new Backends(
      { webgpu: startWrong, wasm: async () => ({ ...(await startCpu('wasm')), adapter: 'Another CPU' }) },
      false,
      () => packages.forget(),
    );
    const packages = new Packages(new Catalogue(server.source, server.models), server.source, backends);
    const elsewhere = await packages.load(id, new AbortController().signal, () => {});
    expect(elsewhere.remembered).toBe(false);

    const changed = tinyPackage(tiny.card.golden.logits, { version: '2.0.0' });
    const shard = new Uint8Array(changed.files.get('group1-shard2of2.bin') ?? []);
    shard[0] = (shard[0] ?? 0) ^ 0x40;
    const others = await open(serverWith(server, changed, shard)).load();
    expect(codeOf(others)).toBe('golden-failed');
  });

  /** The same browser's cache before another version of the package, one shard of which is changed in its card too. */
  function serverWith(before: FakeServer, { card, files }: TinyPackage, shard: Uint8Array): FakeServer {
    const sha256 = createHash('sha256').update(shard).digest('hex');
    const path = 'group1-shard2of2.bin';
    const entries = card.files.map((file) => (file.path === path ? { ...file, sha256 } : file));
    const json = new TextEncoder().encode(JSON.stringify({ ...card, files: entries }));
    const server = new FakeServer({
      card,
      files: new Map([...files, [path, shard], ['card.json', json]]),
    } as TinyPackage);
    for (const [key, bytes] of before.cached) server.cached.set(key, bytes);
    return server;
  }

  const startWrong = () => startCpu('webgpu', 'wrong');

  test('wrong on the last back end: refused with the difference, no tensor left', async () => {
    const before = tf.memory().numTensors;
    const wrong = tinyPackage(tiny.card.golden.logits.map((logit) => logit + 0.01));
    const loaded = await open(new FakeServer(wrong)).load();
    expect(codeOf(loaded)).toBe('golden-failed');
    expect(!loaded.ok && loaded.failure.detail.difference).toBeCloseTo(0.01, 5);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('wrong on the first: the next one takes over and says why', async () => {
    const { load } = openWith(startWrong);
    const loaded = await load();
    expect(loaded.ok && loaded.value.backend.name).toBe('wasm');
    const [passedOver] = loaded.ok ? loaded.value.backend.passedOver : [];
    expect(passedOver?.name).toBe('webgpu');
    expect(passedOver?.reason).toMatch(/golden sample of tiny-classifier wrongly: off by/);
  });

  test('a back end that does not run the package at all is passed over too', async () => {
    const compile = () => Promise.reject(new Error('a shader does not compile'));
    const { load } = openWith(async () => ({ ...(await startCpu('webgpu')), compile }));
    const loaded = await load();
    expect(loaded.ok && loaded.value.backend.passedOver).toEqual([
      { name: 'webgpu', reason: `it does not run ${id}: a shader does not compile` },
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
    const work = settle(() => backends.guard(status, () => new Promise(() => {})));
    lose('unplugged');
    expect(await work).toEqual({
      ok: false,
      failure: { code: 'device-lost', detail: { reason: 'unplugged' } },
    });
    // Work that was prepared for the lost one must not reach the new one.
    const late = await settle(() => backends.guard(status, async () => 'done'));
    expect(!late.ok && late.failure.code).toBe('device-lost');
    expect(codeOf(await load())).toBe('ok');
    expect(starts).toBe(2);
  });
});
