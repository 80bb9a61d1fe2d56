import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import type { TinyPackage } from '../testing/build-package';
import { cacheCalls, FakeServer } from '../testing/fake-server';
import { goldenPackage } from '../testing/golden-package';
import { failureOf, openEngine, unwrapped } from '../testing/open-engine';
import { codeOf, openPackages } from '../testing/open-packages';
import { tinyPackage } from '../testing/tiny-package';

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

test.each(cacheCalls)(
  'where "%s" fails, the model answers from the network and nothing is called unforeseen',
  async (call) => {
    const { engine, server, next, analyse } = openEngine([tiny]);
    server.brokenCalls.add(call);
    expect(unwrapped(await engine.packages(next()))).toHaveLength(1);
    const { cached } = unwrapped(await engine.load(next(), id));
    // Reading is not what keeps a file, and removing is not either.
    expect(cached).toBe(!['caches', 'open', 'put'].includes(call));
    expect((await analyse('200 120 90', { packageId: id })).ok).toBe(true);
    const prefetched = await engine.prefetch(next(), id);
    expect(failureOf(prefetched)?.code).toBe(cached ? undefined : 'storage-denied');
    // Whatever is asked has an answer or a sentence.
    const answers = [await engine.cached(next()), await engine.added(next()), await engine.evict(next(), id)];
    for (const answer of answers) expect(failureOf(answer)?.code ?? 'storage-denied').toBe('storage-denied');
    server.brokenCalls.clear();
    expect(codeOf(await openPackages(server).load())).toBe('ok');
  },
);

test.each(cacheCalls)(
  'where "%s" fails, a package of the user is taken in or refused with the reason',
  async (call) => {
    const mine = await goldenPackage((logits) => tinyPackage(logits, { id: 'my-own' }));
    const { engine, server, next } = openEngine([tiny]);
    server.brokenCalls.add(call);
    const files = [...mine.files].map(([name, bytes]) => ({ name, data: new Blob([bytes]) }));
    const failure = failureOf(await engine.addPackage(next(), files));
    expect(failure?.code).toBe(['caches', 'open', 'put'].includes(call) ? 'storage-denied' : undefined);
  },
);
