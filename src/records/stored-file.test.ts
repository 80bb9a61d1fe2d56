import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type CaseDatabase, databaseName, openCases } from './database';
import { everyKind, imageBytes, lesion } from './fixtures/records';

let database: CaseDatabase;
const keys = async () => {
  const stored = await openDB(databaseName);
  const found = await stored.getAllKeys('images');
  stored.close();
  return found;
};
const open = async () => {
  const opened = await openCases();
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

describe('a browser that stores no Blobs, as private windows of WebKit', () => {
  /** What was put in each transaction that was asked to store a Blob: in WebKit it ends only where that is all. */
  let beside: unknown[][];
  beforeEach(() => {
    beside = [];
  });
  afterEach(() => {
    for (const values of beside) expect(values).toHaveLength(1);
  });

  /** Refuses them at once, or as the transaction goes on. */
  function refuseBlobs(when: 'at once' | 'later') {
    const { put } = IDBObjectStore.prototype;
    const ended = new WeakSet<IDBTransaction>();
    const asked = new Map<IDBTransaction, unknown[]>();
    return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value,
      key,
    ) {
      const values = asked.get(this.transaction) ?? [];
      asked.set(this.transaction, values);
      values.push(value);
      if (value instanceof Blob && !beside.includes(values)) beside.push(values);
      if (value instanceof Blob && when === 'at once') throw new DOMException('no Blobs', 'DataCloneError');
      // The first refusal ends the transaction; a second one finds it ended.
      if (value instanceof Blob && !ended.has(this.transaction)) {
        ended.add(this.transaction);
        queueMicrotask(() => this.transaction.abort());
      }
      const stored = value instanceof Blob ? 'no Blob' : value;
      return key === undefined ? put.call(this, stored) : put.call(this, stored, key);
    });
  }

  test.each(['at once', 'later'] as const)('keeps photos as bytes where it refuses %s', async (when) => {
    const refusal = refuseBlobs(when);
    const all = everyKind();
    expect(await database.write(all)).toEqual({ ok: true, value: null });
    refusal.mockRestore();
    database.close();
    database = await open();
    expect((await database.read()).records.photos).toEqual(all.photos);
    for (const { id, type } of all.photos) {
      const image = await database.image(id);
      expect(image?.type).toBe(type);
      expect(new Uint8Array((await image?.arrayBuffer()) ?? [])).toEqual(imageBytes(id));
    }
  });

  test('keeps the photo of a change, whose last call counts', async () => {
    const refusal = refuseBlobs('at once');
    const { photos, images } = everyKind();
    let calls = 0;
    const changed = await database.change({}, () => ({
      lesions: [lesion(`call-${++calls}`)],
      photos,
      images,
    }));
    refusal.mockRestore();
    expect(changed.ok).toBe(true);
    expect((await database.read()).records.lesions.map(({ id }) => id)).toEqual(['call-2']);
    expect((await database.image('h1'))?.size).toBe(imageBytes('h1').length);
  });

  test('tries it once a connection, with a Blob alone of which nothing stays', async () => {
    const refusal = refuseBlobs('later');
    for (const { id, blob } of everyKind().images)
      expect((await database.write({ images: [{ id, blob }] })).ok).toBe(true);
    expect(beside).toHaveLength(1);
    refusal.mockRestore();
    expect(await keys()).not.toContain('trial');
  });

  test('says that the storage is full as any other browser, and asks no second time', async () => {
    const { put } = IDBObjectStore.prototype;
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...given
    ) {
      if (this.name === 'images') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, given);
    });
    let calls = 0;
    const { photos, images } = everyKind();
    const changed = await database.change({}, () => {
      calls += 1;
      return { photos, images };
    });
    full.mockRestore();
    expect(changed).toMatchObject({ ok: false, failure: { code: 'storage-full' } });
    expect(calls).toBe(1);
  });

  test('reads Blobs and bytes side by side', async () => {
    const [first, second] = everyKind().images;
    await database.write({ images: first ? [first] : [] });
    expect(await keys()).toEqual([first?.id]);
    database.close();
    database = await open();
    const refusal = refuseBlobs('at once');
    await database.write({ images: second ? [second] : [] });
    refusal.mockRestore();
    const stored = await openDB(databaseName);
    const values = await stored.getAll('images');
    stored.close();
    expect(values.map((value) => value instanceof Blob)).toEqual([true, false]);
    for (const id of [first?.id ?? '', second?.id ?? '']) {
      const image = await database.image(id);
      expect(new Uint8Array((await image?.arrayBuffer()) ?? [])).toEqual(imageBytes(id));
    }
  });
});
