import 'fake-indexeddb/auto';
import { openDB, wrap } from 'idb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { storageFailure } from '../../src/records/storage-failure';
import { outcomeOf, stores } from './stores';

/** Every call of IndexedDB fails in turn, in every store of the program. */

const calls = {
  open: [IDBFactory.prototype, 'open'],
  transaction: [IDBDatabase.prototype, 'transaction'],
  get: [IDBObjectStore.prototype, 'get'],
  getAll: [IDBObjectStore.prototype, 'getAll'],
  getAllKeys: [IDBObjectStore.prototype, 'getAllKeys'],
  count: [IDBObjectStore.prototype, 'count'],
  put: [IDBObjectStore.prototype, 'put'],
  add: [IDBObjectStore.prototype, 'add'],
  delete: [IDBObjectStore.prototype, 'delete'],
  clear: [IDBObjectStore.prototype, 'clear'],
  'index.getAll': [IDBIndex.prototype, 'getAll'],
  'index.getAllKeys': [IDBIndex.prototype, 'getAllKeys'],
  openCursor: [IDBObjectStore.prototype, 'openCursor'],
  'index.openCursor': [IDBIndex.prototype, 'openCursor'],
} as const;
type Call = keyof typeof calls;
/** A call throws at once, or its request is refused later and takes its transaction with it. */
const ways = ['at once', 'later'] as const;
type Way = (typeof ways)[number];

/** Lets the call fail the `at`-th time. Says afterwards whether it came to that. */
function failing(call: Call, way: Way, at: number): { met: () => boolean } {
  const [prototype, name] = calls[call] as unknown as [Record<string, () => unknown>, string];
  const real = prototype[name] as (...given: unknown[]) => { transaction?: IDBTransaction };
  let count = 0;
  vi.spyOn(prototype, name).mockImplementation(function (this: object, ...given: unknown[]) {
    count += 1;
    if (count !== at) return real.apply(this, given);
    if (way === 'at once' || call === 'open' || call === 'transaction')
      throw new DOMException('refused', 'UnknownError');
    const request = real.apply(this, given);
    if (request.transaction) {
      // A read waits for its request alone, and this promise of idb is nobody's.
      wrap(request.transaction).done.catch(() => {});
      request.transaction.abort();
    }
    return request;
  });
  return { met: () => count >= at };
}

/** All that a database holds, as text. */
async function contentsOf(name: string): Promise<string> {
  const database = await openDB(name);
  const stores: Record<string, unknown> = {};
  // A file that is refused as a Blob is stored as its bytes: that it is there is what counts.
  for (const store of database.objectStoreNames)
    stores[store] = [
      await database.getAllKeys(store),
      ['images', 'files'].includes(store) || (await database.getAll(store)),
    ];
  database.close();
  return JSON.stringify(stores);
}

afterEach(() => vi.restoreAllMocks());
let number = 0;

describe.each(Object.entries(stores))('%s', (kind, { fill, steps }) => {
  test.each(Object.keys(steps('names')))(
    '%s: every call that fails ends in a sentence, and writes nothing',
    async (step) => {
      const opened = async () => {
        const name = `${kind} ${++number}`;
        await fill(name);
        return { name, take: () => outcomeOf(steps(name)[step] as () => Promise<unknown>) };
      };
      const sound = await opened();
      const before = await contentsOf(sound.name);
      expect(await sound.take()).toBeNull();
      const after = await contentsOf(sound.name);
      let met = 0;
      for (const call of Object.keys(calls) as Call[])
        for (const way of ways)
          for (let at = 1; at < 20; at++) {
            const { name, take } = await opened();
            const fault = failing(call, way, at);
            const outcome = await take();
            vi.restoreAllMocks();
            if (!fault.met()) break;
            met += 1;
            const what = `${call} fails ${way}, the ${at}. time`;
            // Files are tried twice (`storeFiles`): then all of it is there.
            expect(outcome ?? 'done', what).toMatch(/^(storage-|done$)/);
            expect(await contentsOf(name), what).toBe(outcome === null ? after : before);
          }
      expect(met).toBeGreaterThan(1);
    },
    60_000,
  );
});

test('whatever a browser refuses has a sentence of ours', () => {
  const names =
    'UnknownError InvalidStateError TransactionInactiveError AbortError TimeoutError NotFoundError DataError ConstraintError ' +
    'ReadOnlyError OperationError NotReadableError EncodingError SecurityError NotAllowedError QuotaExceededError VersionError';
  for (const name of names.split(' '))
    expect(storageFailure(new DOMException('refused', name)).failure.code).toMatch(/^storage-/);
});
