import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Cases } from './cases';
import { databaseName } from './database';
import { lesion } from './fixtures/records';
import { about, addCase, addPhoto, databaseOf, must, start } from './fixtures/stored-cases';
import { joinAnalysis } from './record';
import { createCases } from './store';

let cases: Cases;
beforeEach(async () => {
  cases = start();
  await must(cases.load());
});
afterEach(async () => {
  vi.restoreAllMocks();
  await cases.forgetEverything();
});

test('a photo makes a case; after a reload everything is there', async () => {
  const { photo, entry, analysis } = await addCase(cases);
  const shown = cases.store.getState().records;
  expect([shown.photos.length, shown.lesions.length, shown.entries.length]).toEqual([1, 1, 1]);

  (await databaseOf(cases)).close();
  cases = start();
  await must(cases.load());
  expect(cases.store.getState().state).toBe('ready');
  expect(cases.store.getState().records).toEqual(shown);
  const rasters = await (await databaseOf(cases)).rasters(entry.id);
  expect(joinAnalysis(entry, rasters)).toEqual(analysis);
  // printf picture | sha256sum
  expect(photo.sha256).toBe('2cea274d0bedc39ec4ab6ba9e59ec889e3ed6fb56a1cf088a64d9b383378dc97');
});

test('the state is plain data', async () => {
  await addCase(cases);
  const { records } = cases.store.getState();
  expect(JSON.parse(JSON.stringify(records))).toEqual(records);
});

test('a photo of a known lesion makes no other', async () => {
  await must(cases.put({ lesions: [lesion('l1')] }));
  await must(addPhoto(cases, { ...about, lesionIds: ['l1'] }));
  expect(cases.store.getState().records.lesions.map(({ id }) => id)).toEqual(['l1']);
});

test('deletes are undone, also after a reload', async () => {
  const { lesionId } = await addCase(cases);
  const before = cases.store.getState().records;
  const deletedAt = await must(cases.remove('lesions', [lesionId]));
  expect(cases.store.getState().records).toEqual({ patients: [], lesions: [], photos: [], entries: [] });

  (await databaseOf(cases)).close();
  cases = start();
  await must(cases.load());
  expect(cases.store.getState().deletions).toEqual([
    { deletedAt, counts: { patients: 0, lesions: 1, photos: 1, entries: 1 } },
  ]);
  await must(cases.undo(deletedAt));
  expect(cases.store.getState().records).toEqual(before);
  expect(cases.store.getState().deletions).toEqual([]);
});

test('two deletes in the same millisecond stay two', async () => {
  await must(cases.put({ lesions: [lesion('a'), lesion('b')] }));
  const [first, other] = [
    await must(cases.remove('lesions', ['a'])),
    await must(cases.remove('lesions', ['b'])),
  ];
  expect(first).not.toBe(other);
  await must(cases.undo(first));
  expect(cases.store.getState().records.lesions.map(({ id }) => id)).toEqual(['a']);
});

test('what could not be written is not shown', async () => {
  const database = await databaseOf(cases);
  vi.spyOn(database, 'change').mockResolvedValue({
    ok: false,
    failure: { code: 'storage-full', detail: {} },
  });
  expect(await addPhoto(cases, about)).toMatchObject({ ok: false, failure: { code: 'storage-full' } });
  expect(cases.store.getState().records.photos).toEqual([]);
});

test('a database that does not open is reported', async () => {
  const none = createCases({
    open: async () => ({ ok: false, failure: { code: 'storage-blocked', detail: {} } }),
  });
  expect(await none.load()).toMatchObject({ ok: false });
  expect(none.store.getState()).toMatchObject({ state: 'failed', failure: { code: 'storage-blocked' } });
});

test('an object URL is made once a photo', async () => {
  const create = vi.spyOn(URL, 'createObjectURL');
  const { photo } = await addCase(cases);
  const [first, other] = await Promise.all([cases.imageUrl(photo.id), cases.imageUrl(photo.id)]);
  expect(first).toBe(other);
  expect(create).toHaveBeenCalledOnce();
  expect(await cases.imageUrl('none')).toBeNull();
});

describe('forgetting everything', () => {
  test('leaves no database, no object URL and an empty store', async () => {
    const revoke = vi.spyOn(URL, 'revokeObjectURL');
    const { photo } = await addCase(cases);
    const url = await cases.imageUrl(photo.id);
    await must(cases.forgetEverything());
    expect(revoke).toHaveBeenCalledWith(url);
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(databaseName);
    expect(cases.store.getState()).toEqual(start().store.getState());
  });

  test('empties what other tabs show', async () => {
    await addCase(cases);
    const tab = start();
    await must(tab.load());
    expect(tab.store.getState().records.photos).toHaveLength(1);
    await must(cases.forgetEverything());
    expect(tab.store.getState()).toMatchObject({ state: 'absent', records: { photos: [] } });
  });
});
