import { expect, test } from 'vitest';
import { failure, type Result, success } from '../core/failure';
import type { CallOptions } from '../engine/engine';
import { fakeEngine } from '../engine/testing/fake-engine';
import { createShelf } from './shelf';

/** An engine whose downloads end when the test says so, and a browser that answers as it is told to. */
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
  const shelf = createShelf(engine, {
    persisted: async () => false,
    persist: async () => agrees,
    estimate: async () => ({ usage: 5, quota: 100 }),
  });
  const stateOf = (id: string) => shelf.store.getState().packages[id]?.state ?? 'absent';
  return { shelf, stateOf, downloads };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('downloads come one after the other, with progress; one that fails does not stop the next', async () => {
  const { shelf, stateOf, downloads } = open();
  const all = shelf.keep(['a', 'b', 'c']);
  expect([stateOf('a'), stateOf('b'), stateOf('c')]).toEqual(['keeping', 'waiting', 'waiting']);
  downloads[0]?.options?.onProgress?.({ stage: 'download', fraction: 0.5 });
  expect(shelf.store.getState().packages.a).toMatchObject({ progress: { fraction: 0.5 } });
  downloads[0]?.end(failure('storage-full'));
  await settled();
  expect([stateOf('a'), stateOf('b')]).toEqual(['failed', 'keeping']);
  downloads[1]?.end(success(null));
  await settled();
  downloads[2]?.end(success(null));
  await all;
  expect([stateOf('a'), stateOf('b'), stateOf('c')]).toEqual(['failed', 'kept', 'kept']);
});

test('a download is cancelled, and so is one that waits', async () => {
  const { shelf, stateOf, downloads } = open();
  const all = shelf.keep(['a', 'b', 'c']);
  shelf.cancel('b');
  expect(stateOf('b')).toBe('absent');
  shelf.cancel('a');
  await settled();
  downloads.at(-1)?.end(success(null));
  await all;
  expect(downloads.map(({ id }) => id)).toEqual(['a', 'c']);
  expect([stateOf('a'), stateOf('b'), stateOf('c')]).toEqual(['absent', 'absent', 'kept']);
});

test('what is removed is absent again', async () => {
  const { shelf, stateOf, downloads } = open();
  const kept = shelf.keep(['a']);
  downloads[0]?.end(success(null));
  await kept;
  await shelf.discard('a');
  expect(stateOf('a')).toBe('absent');
});

test('the browser is asked to clear nothing only when told to, and its refusal is told', async () => {
  const { shelf } = open(false);
  await shelf.look();
  expect(shelf.store.getState()).toMatchObject({
    persisted: false,
    refused: false,
    usage: { used: 5, quota: 100 },
  });
  await shelf.persist();
  expect(shelf.store.getState()).toMatchObject({ persisted: false, refused: true });
});
