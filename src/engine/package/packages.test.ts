import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TinyPackage } from '../testing/build-package';
import { FakeServer } from '../testing/fake-server';
import { goldenPackage, loadPlainly } from '../testing/golden-package';
import { codeOf, openPackages } from '../testing/open-packages';
import { tinyPackage } from '../testing/tiny-package';
import { goldenInputs } from './golden';

const id = 'tiny-classifier';
let tiny: TinyPackage;

beforeAll(async () => {
  tiny = await goldenPackage();
});

test('loads, rewrites and passes its golden sample; all outputs as the stored network gives them', async () => {
  const { load, progress } = openPackages(new FakeServer(tiny));
  const loaded = await load();
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
  expect(loaded.value.difference).toBeLessThan(1e-6);

  const outputs = ['logits', 'cam', 'ood'];
  const inputs = goldenInputs(tiny.card);
  const rewritten = await loaded.value.network.forward(inputs, outputs);
  const plain = await (await loadPlainly(tiny)).forward(inputs, outputs);
  expect(rewritten.map(({ shape }) => shape)).toEqual([
    [1, 2],
    [1, 8, 8, 2],
    [1, 1],
  ]);
  rewritten.forEach(({ data }, output) => {
    expect(data.some((value) => value !== 0)).toBe(true);
    data.forEach((value, at) => {
      expect(Math.abs(value - (plain[output]?.data[at] ?? Number.NaN))).toBeLessThan(1e-6);
    });
  });

  const last = progress.filter(({ stage }) => stage === 'download').at(-1);
  const total = tiny.card.files.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(last).toEqual({ stage: 'download', fraction: 1, bytes: { done: total, total } });
});

test('leaves no tensor behind once it is forgotten', async () => {
  const before = tf.memory().numTensors;
  const { load, packages } = openPackages(new FakeServer(tiny));
  await load();
  expect(tf.memory().numTensors).toBeGreaterThan(before);
  packages.releaseAll();
  expect(tf.memory().numTensors).toBe(before);
});

test('beyond the budget the least recently used package is released, and comes back when it is wanted', async () => {
  const tensors = tf.memory().numTensors;
  const second = tinyPackage(tiny.card.golden.logits, { id: 'second' });
  const third = tinyPackage(tiny.card.golden.logits, { id: 'third' });
  const { packages } = openPackages(new FakeServer(tiny, second, third), 1200);
  const load = (name: string) => packages.load(name, new AbortController().signal, () => {});
  const { bytes } = (await load(id)).network;
  // Room for two, not for three.
  expect([2 * bytes <= 1200, 3 * bytes > 1200]).toEqual([true, true]);
  await load('second');
  await load(id);
  await load('third');
  expect([id, 'second', 'third'].map((name) => packages.has(name))).toEqual([true, false, true]);
  expect((await load('second')).fromCache).toBe(true);
  packages.releaseAll();
  expect(tf.memory().numTensors).toBe(tensors);
});

describe('refuses', () => {
  test('a shard with one wrong byte', async () => {
    const server = new FakeServer(tiny);
    const shard = new Uint8Array(tiny.files.get('group1-shard2of2.bin') ?? []);
    shard[7] = (shard[7] ?? 0) ^ 1;
    server.put(`${id}/group1-shard2of2.bin`, shard);
    const loaded = await openPackages(server).load();
    expect(loaded).toEqual({
      ok: false,
      failure: { code: 'package-corrupt', detail: { package: id, file: 'group1-shard2of2.bin' } },
    });
    expect([...server.cached.keys()].some((key) => key.endsWith(tiny.card.files[2]?.sha256 ?? '-'))).toBe(
      false,
    );
  });

  test('a changed model.json', async () => {
    const server = new FakeServer(tiny);
    const text = new TextDecoder().decode(tiny.files.get('model.json')).replace('Relu', 'Relu6');
    server.put(`${id}/model.json`, new TextEncoder().encode(`${text} `));
    expect(codeOf(await openPackages(server).load())).toBe('package-corrupt');
  });

  test('a truncated shard', async () => {
    const server = new FakeServer(tiny);
    server.put(
      `${id}/group1-shard1of2.bin`,
      (tiny.files.get('group1-shard1of2.bin') ?? new Uint8Array()).slice(0, 50),
    );
    expect(codeOf(await openPackages(server).load())).toBe('package-corrupt');
  });

  test('a shard that is not there', async () => {
    const server = new FakeServer(tiny);
    server.files.delete(new URL(`${id}/group1-shard1of2.bin`, server.models).href);
    expect(await openPackages(server).load()).toEqual({
      ok: false,
      failure: {
        code: 'package-unavailable',
        detail: { package: id, file: 'group1-shard1of2.bin', status: 404 },
      },
    });
  });

  test('a package that the index does not name', async () => {
    expect(codeOf(await openPackages(new FakeServer()).load())).toBe('package-unknown');
  });

  test('a card that is none', async () => {
    const server = new FakeServer(tiny);
    server.put(`${id}/card.json`, new TextEncoder().encode('<!doctype html>'));
    expect(codeOf(await openPackages(server).load())).toBe('package-invalid');
  });

  test('a call that was given up', async () => {
    const controller = new AbortController();
    controller.abort();
    expect(codeOf(await openPackages(new FakeServer(tiny)).load(controller.signal))).toBe('cancelled');
  });
});
