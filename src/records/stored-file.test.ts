import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, expect, test, vi } from 'vitest';
import { databaseName, openCases } from './database';
import { everyKind, imageBytes } from './fixtures/records';

const { put } = IDBObjectStore.prototype;

/** A browser that stores no Blob, as WebKit in a private window. */
function refuseBlobs(error: DOMException) {
  return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    value,
    key,
  ) {
    if (value instanceof Blob) throw error;
    return key === undefined ? put.call(this, value) : put.call(this, value, key);
  });
}

async function open() {
  const opened = await openCases();
  if (!opened.ok) throw new Error(opened.failure.code);
  return opened.value;
}

afterEach(async () => {
  vi.restoreAllMocks();
  await deleteDB(databaseName);
});

test('where a browser stores no Blob, a photo is stored as bytes and comes back as it was', async () => {
  refuseBlobs(new DOMException('BlobURLs are not yet supported', 'DataCloneError'));
  const database = await open();
  const all = everyKind();
  expect(await database.write(all)).toEqual({ ok: true, value: null });
  const { images: _images, rasters: _rasters, ...records } = all;
  expect((await database.read()).records).toEqual(records);
  const image = await database.image('h1');
  expect(image?.type).toBe('image/jpeg');
  expect(new Uint8Array((await image?.arrayBuffer()) ?? [])).toEqual(imageBytes('h1'));
  database.close();
});

test('a full disk is full for bytes too, and is said at once', async () => {
  const tries = refuseBlobs(new DOMException('full', 'QuotaExceededError'));
  const database = await open();
  const all = everyKind();
  expect(await database.write(all)).toMatchObject({ ok: false, failure: { code: 'storage-full' } });
  expect(
    tries.mock.calls.filter(
      ([value]) => !(value instanceof Blob) && 'bytes' in value && value.bytes instanceof ArrayBuffer,
    ),
  ).toEqual([]);
  expect((await database.read()).records.photos).toEqual([]);
  database.close();
});
