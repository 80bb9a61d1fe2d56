import { beforeAll, expect, test } from 'vitest';
import type { Progress } from '../engine';
import { toResult } from '../engine-error';
import type { TinyPackage } from '../testing/build-package';
import { FakeServer } from '../testing/fake-server';
import { tinyPackage } from '../testing/tiny-package';
import { Catalogue } from './catalogue';
import { cachedPackages, evictPackage, prefetchPackage } from './prefetch';

let first: TinyPackage;
let second: TinyPackage;

beforeAll(() => {
  first = tinyPackage();
  // The same network under another name: the two share every file but the card.
  const card = { ...first.card, id: 'twin' };
  const files = new Map(first.files).set('card.json', new TextEncoder().encode(JSON.stringify(card)));
  second = { ...first, card, files };
});

function open(...packages: TinyPackage[]) {
  const server = new FakeServer(...packages);
  const catalogue = new Catalogue(server.source, server.models);
  const progress: Progress[] = [];
  return {
    server,
    progress,
    cached: () => cachedPackages(server.source, catalogue),
    prefetch: (id: string, signal = new AbortController().signal) =>
      toResult(() => prefetchPackage(catalogue, id, signal, (step) => progress.push(step))),
    evict: (id: string) => evictPackage(server.source, catalogue, id),
  };
}

test('a package is cached whole, with progress in bytes, and is there without network', async () => {
  const { server, cached, prefetch, progress } = open(first);
  expect(await cached()).toEqual([]);
  expect((await prefetch(first.card.id)).ok).toBe(true);
  const total = first.card.files.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(progress.at(-1)).toEqual({ stage: 'download', fraction: 1, bytes: { done: total, total } });

  server.online = false;
  const offline = new Catalogue(server.source, server.models);
  expect(await cachedPackages(server.source, offline)).toEqual([first.card.id]);
});

test('half a package does not count as cached', async () => {
  const { server, cached, prefetch } = open(first);
  await prefetch(first.card.id);
  const [file] = first.card.files;
  server.cached.delete(`https://lentigo.test/sha256/${file?.sha256}`);
  expect(await cached()).toEqual([]);
});

test('a full disk is reported', async () => {
  const { server, prefetch, cached } = open(first);
  server.storageFull = true;
  const answer = await prefetch(first.card.id);
  expect(answer.ok ? null : answer.failure.code).toBe('storage-full');
  expect(await cached()).toEqual([]);
});

test('a cancelled download is cancelled', async () => {
  const { prefetch, cached } = open(first);
  const controller = new AbortController();
  controller.abort();
  const answer = await prefetch(first.card.id, controller.signal);
  expect(answer.ok ? null : answer.failure.code).toBe('cancelled');
  expect(await cached()).toEqual([]);
});

test('what is evicted goes, what another cached package shares stays', async () => {
  const { cached, prefetch, evict } = open(first, second);
  await prefetch(first.card.id);
  expect(await cached()).toEqual([first.card.id, 'twin']);
  await evict('twin');
  expect(await cached()).toEqual([first.card.id, 'twin']);

  const alone = open(first);
  await alone.prefetch(first.card.id);
  await alone.evict(first.card.id);
  expect(await alone.cached()).toEqual([]);
  expect([...alone.server.cached.keys()].filter((url) => url.includes('sha256'))).toEqual([]);
});
