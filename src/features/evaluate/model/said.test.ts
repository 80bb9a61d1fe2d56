import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, expect, test, vi } from 'vitest';
import { success } from '../../../core/failure';
import { exampleCard } from '../../../core/fixtures/analysis';
import { archiveName } from './archive';
import { id, melanomaWith, startEvaluation, wholeFolder } from './testing/evaluation';

afterEach(async () => {
  vi.restoreAllMocks();
  await deleteDB(archiveName);
});

function fullDisk(after: number) {
  const { put } = IDBObjectStore.prototype;
  let puts = 0;
  return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...given
  ) {
    if (++puts > after) throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, given);
  });
}

async function tab() {
  const evaluation = startEvaluation({ analyse: async () => success(melanomaWith(0.7)) });
  evaluation.draft({ packageIds: [id] });
  await evaluation.chooseFolder(wholeFolder());
  return evaluation;
}

test('a disk that becomes full stops the run in a sentence, and it goes on when there is room again', async () => {
  const evaluation = await tab();
  const disk = fullDisk(4);
  await evaluation.start([exampleCard]);
  expect(evaluation.store.getState()).toMatchObject({ activity: 'idle', trouble: { code: 'storage-full' } });
  const kept = evaluation.store.getState().answers.size;
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(8);
  disk.mockRestore();
  await evaluation.resume();
  expect(evaluation.store.getState()).toMatchObject({ activity: 'idle', trouble: null, run: { done: 8 } });
});

test('what is not read, joined or taken away is said, until something else is asked for', async () => {
  const evaluation = await tab();
  await evaluation.start([exampleCard]);
  const { run } = evaluation.store.getState();
  evaluation.leave();
  const get = vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(() => {
    throw new DOMException('gone', 'UnknownError');
  });
  await evaluation.show(run?.id ?? '');
  expect(evaluation.store.getState()).toMatchObject({ run: null, notKept: { code: 'storage-broken' } });
  get.mockRestore();
  const gone = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
    throw new DOMException('gone', 'UnknownError');
  });
  await evaluation.remove(run?.id ?? '');
  expect(evaluation.store.getState().notKept).toMatchObject({ code: 'storage-broken' });
  expect(evaluation.store.getState().earlier).toHaveLength(1);
  gone.mockRestore();
  await evaluation.show(run?.id ?? '');
  expect(evaluation.store.getState()).toMatchObject({ notKept: null, run: { done: 8 } });
});
