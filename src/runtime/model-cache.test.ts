import { expect, test } from 'vitest';
import { failure, type Result, success } from '../core/failure';
import type { CallOptions } from '../engine/engine';
import { fakeEngine } from '../engine/testing/fake-engine';
import { settled } from '../engine/testing/settled';
import { createModelCache } from './model-cache';

/** An engine whose downloads end when the test says so, and a browser that answers as the test says. */
function open(agrees = true) {
  const downloads: { id: string; options?: CallOptions; end: (answer: Result<null>) => void }[] = [];
  const stored = new Set<string>();
  const engine = fakeEngine({
    cached: async () => success([...stored]),
    prefetch: (id, options) =>
      new Promise((resolve) => {
        const end = (answer: Result<null>) => {
          if (answer.ok) stored.add(id);
          resolve(answer);
        };
        options?.signal?.addEventListener('abort', () => end(failure('cancelled')));
        downloads.push({ id, options, end });
      }),
    evict: async (id) => {
      stored.delete(id);
      return success(null);
    },
  });
  const modelCache = createModelCache(engine, {
    persisted: async () => false,
    persist: async () => agrees,
    estimate: async () => ({ usage: 5, quota: 100 }),
  });
  const stateOf = (id: string) => modelCache.store.getState().packages[id]?.state ?? 'absent';
  return { modelCache, stateOf, downloads };
}

test('downloads come one after the other, with progress; one that fails does not stop the next', async () => {
  const { modelCache, stateOf, downloads } = open();
  const all = modelCache.prefetch(['a', 'b', 'c']);
  expect([stateOf('a'), stateOf('b'), stateOf('c')]).toEqual(['downloading', 'queued', 'queued']);
  downloads[0]?.options?.onProgress?.({ stage: 'download', fraction: 0.5 });
  expect(modelCache.store.getState().packages.a).toMatchObject({ progress: { fraction: 0.5 } });
  downloads[0]?.end(failure('storage-full'));
  await settled();
  expect([stateOf('a'), stateOf('b')]).toEqual(['failed', 'downloading']);
  downloads[1]?.end(success(null));
  await settled();
  downloads[2]?.end(success(null));
  await all;
  expect([stateOf('a'), stateOf('b'), stateOf('c')]).toEqual(['failed', 'cached', 'cached']);
});

test('a download is cancelled, and so is one that waits', async () => {
  const { modelCache, stateOf, downloads } = open();
  const all = modelCache.prefetch(['a', 'b', 'c']);
  modelCache.cancel('b');
  expect(stateOf('b')).toBe('absent');
  modelCache.cancel('a');
  await settled();
  downloads.at(-1)?.end(success(null));
  await all;
  expect(downloads.map(({ id }) => id)).toEqual(['a', 'c']);
  expect([stateOf('a'), stateOf('b'), stateOf('c')]).toEqual(['absent', 'absent', 'cached']);
});

test('what is removed is absent again', async () => {
  const { modelCache, stateOf, downloads } = open();
  const prefetching = modelCache.prefetch(['a']);
  downloads[0]?.end(success(null));
  await prefetching;
  await modelCache.evict('a');
  expect(stateOf('a')).toBe('absent');
});

test('the browser is asked to clear nothing only on purpose, and its refusal is shown', async () => {
  const { modelCache } = open(false);
  await modelCache.refresh();
  expect(modelCache.store.getState()).toMatchObject({
    persisted: false,
    refused: false,
    usage: { used: 5, quota: 100 },
  });
  await modelCache.persist();
  expect(modelCache.store.getState()).toMatchObject({ persisted: false, refused: true });
});
