import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import type { TinyPackage } from '../testing/build-package';
import { FakeServer } from '../testing/fake-server';
import { goldenPackage } from '../testing/golden-package';
import { codeOf, openPackages } from '../testing/open-packages';

const id = 'tiny-classifier';
let tiny: TinyPackage;

beforeAll(async () => {
  tiny = await goldenPackage();
});

test('the next visit needs no network', async () => {
  const server = new FakeServer(tiny);
  const first = await openPackages(server).load();
  expect(first.ok && [first.value.fromCache, first.value.cached]).toEqual([false, true]);
  server.online = false;
  const second = await openPackages(server).load();
  expect(second.ok && [second.value.fromCache, second.value.cached]).toEqual([true, true]);
});

test('what is damaged there is fetched again', async () => {
  const server = new FakeServer(tiny);
  await openPackages(server).load();
  const key = [...server.cached.keys()].find((key) => key.endsWith(tiny.card.files[1]?.sha256 ?? '-')) ?? '';
  server.cached.set(key, new Uint8Array(100));
  server.requests.length = 0;
  expect(codeOf(await openPackages(server).load())).toBe('ok');
  expect(server.requests).toEqual(['index.json', `${id}/card.json`, `${id}/group1-shard1of2.bin`]);
  expect(server.cached.get(key)).toEqual(tiny.files.get('group1-shard1of2.bin'));
});

test('files of earlier versions go, those of today stay', async () => {
  const server = new FakeServer(tiny);
  const old = `${server.models.origin}/sha256/${'0'.repeat(64)}`;
  server.cached.set(old, new Uint8Array(9));
  await openPackages(server).load();
  const cached = new Set(server.cached.keys());
  expect(cached.has(old)).toBe(false);
  await openPackages(server).load();
  expect(new Set(server.cached.keys())).toEqual(cached);
  for (const { sha256 } of tiny.card.files) {
    expect([...cached].some((key) => key.endsWith(sha256))).toBe(true);
  }
});

test('a full one is said, and costs nothing else', async () => {
  const server = new FakeServer(tiny);
  server.storageFull = true;
  const loaded = await openPackages(server).load();
  expect(loaded.ok && loaded.value.cached).toBe(false);
  expect(codeOf(loaded)).toBe('ok');
});
