import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type CaseDatabase, databaseName, openCases } from './database';
import { everyKind, imageBytes, lesion, rasters } from './fixtures/records';

let database: CaseDatabase;
const open = async (options = {}) => {
  const opened = await openCases(options);
  if (!opened.ok) throw new Error(opened.failure.code);
  return opened.value;
};

beforeEach(async () => {
  database = await open();
});
afterEach(async () => {
  database.close();
  await deleteDB(databaseName);
});

test('what was written is read back after the database was closed and opened again', async () => {
  const all = everyKind();
  expect(await database.write(all)).toEqual({ ok: true, value: null });
  database.close();
  database = await open();
  const { images, rasters: maps, ...records } = all;
  expect((await database.read()).records).toEqual(records);
  const image = await database.image('h1');
  expect(image?.type).toBe('image/jpeg');
  expect(new Uint8Array((await image?.arrayBuffer()) ?? [])).toEqual(imageBytes('h1'));
  expect(await database.rasters('e1')).toEqual(rasters('e1'));
  expect([await database.image('none'), await database.rasters('e3')]).toEqual([null, null]);
});

test('a photo is found by the hash of its file', async () => {
  const all = everyKind();
  await database.write(all);
  expect(await database.photosByHash(all.photos[1]?.sha256 ?? '')).toEqual([all.photos[1]]);
});

test('a write that fails leaves nothing of it behind', async () => {
  // A function cannot be stored, and it comes last.
  const broken = { ...lesion('l2'), label: (() => 0) as unknown as string };
  const result = await database.write({ patients: everyKind().patients, lesions: [lesion('l1'), broken] });
  expect(result).toMatchObject({ ok: false, failure: { code: 'internal' } });
  expect((await database.read()).records.patients).toEqual([]);
  expect((await database.read()).records.lesions).toEqual([]);
});

test('a full disk is reported as such', async () => {
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  expect(await database.write({ lesions: [lesion('l1')] })).toMatchObject({
    ok: false,
    failure: { code: 'storage-full' },
  });
  put.mockRestore();
});

test('purging takes what was deleted long ago, with its photo and maps, and nothing else', async () => {
  const all = everyKind();
  const deletedAt = '2025-01-01T00:00:00.000Z';
  await database.write(all);
  await database.write({
    photos: all.photos.slice(0, 1).map((photo) => ({ ...photo, deletedAt })),
    entries: all.entries.slice(0, 1).map((entry) => ({ ...entry, deletedAt })),
  });
  expect(await database.purge('2025-01-30T00:00:00.000Z')).toBe(0);
  expect(await database.purge('2025-02-01T00:00:00.000Z')).toBe(2);
  const { photos, entries } = (await database.read()).records;
  expect([photos.map(({ id }) => id), entries.map(({ id }) => id)]).toEqual([
    ['h2', 'h3'],
    ['e2', 'e3'],
  ]);
  expect([await database.image('h1'), await database.rasters('e1')]).toEqual([null, null]);
  expect(await database.image('h2')).not.toBeNull();
});

test('the size grows by what is written', async () => {
  const before = (await database.size()).cases;
  const all = everyKind();
  await database.write(all);
  const heavy = all.photos.reduce((sum, { bytes }) => sum + bytes, 0) + 2 * (6 + 6 * 4);
  expect((await database.size()).cases - before).toBeGreaterThan(heavy);
});

describe('a browser that does not open the database', () => {
  test('whose version is newer says so, and leaves it as it is', async () => {
    const name = 'of-the-future';
    (await openDB(name, 99)).close();
    expect(await openCases({ name })).toMatchObject({ ok: false, failure: { code: 'storage-newer' } });
    expect((await indexedDB.databases()).find((found) => found.name === name)?.version).toBe(99);
    await deleteDB(name);
  });

  test.each([
    ['SecurityError', 'storage-denied'],
    ['InvalidStateError', 'storage-broken'],
    ['UnknownError', 'storage-broken'],
  ])('with %s says %s', async (error, code) => {
    const open = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('no', error);
    });
    const opened = await openCases({ name: 'denied' });
    expect(opened).toMatchObject({ ok: false, failure: { code } });
    open.mockRestore();
  });
});

describe('a record of another shape', () => {
  const odd = {
    patients: { ...everyKind().patients[0], id: 'odd-patient', createdAt: '+012026-01-01T00:00:00.000Z' },
    lesions: { ...lesion('odd-lesion'), impressions: undefined },
    photos: { id: 'odd-photo' },
    entries: { ...everyKind().entries[0], id: 'odd-entry', analysis: null },
  };

  async function storeOdd(): Promise<void> {
    const raw = await openDB(databaseName);
    for (const [kind, record] of Object.entries(odd)) await raw.put(kind, record);
    raw.close();
  }

  test('is listed with what is wrong, and costs no other record', async () => {
    const { images: _, rasters: __, ...records } = everyKind();
    await database.write(everyKind());
    await storeOdd();
    const read = await database.read();
    expect(read.records).toEqual(records);
    expect(read.unreadable.map(({ kind, id }) => [kind, id])).toEqual(
      Object.entries(odd).map(([kind, { id }]) => [kind, id]),
    );
    expect(read.unreadable.find(({ kind }) => kind === 'lesions')?.problem).toMatch(/^impressions: /);
  });

  test('is kept as it is, through changes of all records and the end of old deletes', async () => {
    await database.write(everyKind());
    await storeOdd();
    await database.change('all', (now) => ({
      lesions: now.lesions.map((one) => ({ ...one, notes: 'seen' })),
    }));
    await database.purge('2099-01-01T00:00:00.000Z');
    expect((await database.read()).unreadable.map(({ value }) => value)).toEqual(Object.values(odd));
    expect((await database.size()).cases).toBeGreaterThan(0);
  });

  test('gets the defaults of fields that came later', async () => {
    const [entry] = everyKind().entries;
    if (!entry) throw new Error('no entry');
    const { unsure: _, panel: __, siteCalibration: ___, ...earlier } = entry.analysis;
    const raw = await openDB(databaseName);
    await raw.put('entries', { ...entry, analysis: earlier });
    raw.close();
    const [read] = (await database.read()).records.entries;
    expect(read?.analysis).toMatchObject({ unsure: false, panel: null, siteCalibration: null });
  });

  test('of before the body map had sides is read with none', async () => {
    const { nextVisit: _, ...patient } = everyKind().patients[0] ?? {};
    const { side: __, spot: ___, nextVisit: ____, ...earlier } = lesion('l1', { site: 'back' });
    const raw = await openDB(databaseName);
    await raw.put('patients', patient);
    await raw.put('lesions', earlier);
    raw.close();
    const { records, unreadable } = await database.read();
    expect(unreadable).toEqual([]);
    expect(records.patients[0]).toEqual({ ...patient, nextVisit: null });
    expect(records.lesions[0]).toEqual({ ...earlier, side: null, spot: null, nextVisit: null });
  });
});

describe('forgetting everything', () => {
  test('leaves no database', async () => {
    await database.write(everyKind());
    expect(await database.forgetEverything()).toEqual({ ok: true, value: null });
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(databaseName);
    database = await open();
    expect((await database.read()).records).toEqual({ patients: [], lesions: [], photos: [], entries: [] });
    expect(await database.image('h1')).toBeNull();
  });

  test('makes other tabs let go, and tells them', async () => {
    const onClosed = vi.fn();
    await open({ onClosed });
    expect(await database.forgetEverything()).toMatchObject({ ok: true });
    expect(onClosed).toHaveBeenCalledOnce();
  });

  test('says so where another tab does not let go, and never claims that it is done', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const stubborn = await openDB(databaseName);
    const forgotten = database.forgetEverything();
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    expect(await forgotten).toMatchObject({ ok: false, failure: { code: 'storage-blocked' } });
    stubborn.close();
  });
});

test('entries of version 1 get the names of today, and lose nothing', async () => {
  const [stored] = everyKind().entries;
  if (!stored) throw new Error('no entry');
  const { modelMetadata, testTimeAugmentation, degradations, outOfDistribution, ...others } = stored.analysis;
  const { inDistribution, ...ood } = outOfDistribution ?? { inDistribution: null };
  const analysis = {
    ...others,
    told: { known: modelMetadata?.used, unknown: modelMetadata?.missing },
    outOfDistribution: { ...ood, familiar: inDistribution },
  };
  const name = 'of-version-1';
  const old = await openDB(name, 1, {
    upgrade(first) {
      for (const store of ['patients', 'lesions', 'photos', 'entries', 'rasters'])
        first.createObjectStore(store, { keyPath: 'id' });
      first.createObjectStore('images');
    },
  });
  await old.put('entries', { ...stored, analysis });
  old.close();
  const upgraded = await open({ name });
  expect((await upgraded.read()).records.entries).toEqual([stored]);
  upgraded.close();
  await deleteDB(name);
});
