import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { expect, test } from 'vitest';
import { storageFailure } from './storage-failure';

const codeOf = (error: unknown) => storageFailure(error).failure.code;
const named = (name: string) => new DOMException('said by the browser', name);

test('what the browser refuses for good, for want of room and for its age keep their own words', () => {
  expect(codeOf(named('SecurityError'))).toBe('storage-denied');
  expect(codeOf(named('NotAllowedError'))).toBe('storage-denied');
  expect(codeOf(named('QuotaExceededError'))).toBe('storage-full');
  expect(codeOf(named('VersionError'))).toBe('storage-newer');
});

test.each([
  'NotFoundError',
  'InvalidStateError',
  'UnknownError',
  'AbortError',
  'TimeoutError',
  'NotReadableError',
])('%s says that it could not be read or written, not that nothing is kept', (name) => {
  expect(codeOf(named(name))).toBe('storage-broken');
});

test('a store that is missing, and a connection that was taken away, are such cases', async () => {
  const database = await openDB('half', 1, { upgrade: (made) => void made.createObjectStore('there') });
  const of = async (store: string) => {
    try {
      await database.get(store, 'x');
      return null;
    } catch (error) {
      return codeOf(error);
    }
  };
  expect(await of('gone')).toBe('storage-broken');
  database.close();
  expect(await of('there')).toBe('storage-broken');
  await deleteDB('half');
});

test('what no database can store, and what is no error of the browser, is a fault of ours', () => {
  expect(codeOf(named('DataCloneError'))).toBe('internal');
  expect(codeOf(new Error('something'))).toBe('internal');
});
