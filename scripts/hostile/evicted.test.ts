import 'fake-indexeddb/auto';
import { forceCloseDatabase } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openCases } from '../../src/records/database';
import { everyKind } from '../../src/records/fixtures/records';
import { databaseVersion } from '../../src/records/migrations';
import { createCases } from '../../src/records/store';
import { outcomeOf, stores } from './stores';

/** What a page has open is taken away: by another tab, by the browser, with or without a word. */

/** Connections that were opened, as the browser knows them. */
const connections: IDBDatabase[] = [];
const { open } = IDBFactory.prototype;
function watchConnections(): void {
  connections.length = 0;
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function (this: IDBFactory, ...given) {
    const request = open.apply(this, given);
    request.addEventListener('success', () => connections.push(request.result));
    return request;
  });
}

const ways: Record<string, (name: string) => Promise<unknown>> = {
  'another tab deletes it': (name) => deleteDB(name),
  'the browser closes it': async () => {
    for (const connection of connections) forceCloseDatabase(connection as never);
  },
  'the browser closes it without a word': async () => {
    for (const connection of connections) connection.close();
  },
  'the browser clears it and leaves no store in it': async (name) => {
    for (const connection of connections) connection.close();
    const version = (await indexedDB.databases()).find((each) => each.name === name)?.version;
    await deleteDB(name);
    (await openDB(name, version)).close();
  },
};

afterEach(() => vi.restoreAllMocks());
let number = 0;

describe.each(Object.entries(ways))('%s', (way, takeAway) => {
  test.each(Object.keys(stores))('%s: every step of the open page still comes to its end', async (kind) => {
    const { fill, steps } = stores[kind] as (typeof stores)[string];
    for (const step of Object.keys(steps('names'))) {
      const name = `evicted ${++number}`;
      watchConnections();
      await fill(name);
      const page = steps(name);
      await page[step]?.();
      await takeAway(name);
      expect(await outcomeOf(page[step] as () => Promise<unknown>), step).toBeNull();
      vi.restoreAllMocks();
      await deleteDB(name);
    }
  });

  test('cases: the open screen reads again, and what is kept from then on is there', async () => {
    const name = `evicted ${++number}`;
    watchConnections();
    const cases = createCases({ open: (onClosed) => openCases({ name, onClosed }) });
    await stores.cases?.fill(name);
    expect(await cases.load()).toMatchObject({ ok: true });
    await takeAway(name);
    expect(await cases.load()).toMatchObject({ ok: true });
    const now = () => cases.store.getState();
    await vi.waitFor(() => expect(now()).toMatchObject({ state: 'ready', failure: null }));
    const isKept = way.startsWith('the browser closes');
    expect(now().records.lesions.length > 0).toBe(isKept);
    for (const { id } of now().records.lesions.slice(0, 1))
      expect(await cases.edit('lesions', id, () => ({ notes: 'after' }))).toMatchObject({ ok: true });
    expect(await cases.put({ patients: everyKind().patients })).toMatchObject({ ok: true });
    expect(now().records.patients.length).toBeGreaterThan(0);
    await cases.forgetEverything();
  });
});

test('a database of which one store is missing is a sentence, keeps the others, and can be deleted', async () => {
  const name = `evicted ${++number}`;
  const half = await openDB(name, databaseVersion, {
    upgrade: (database) => void database.createObjectStore('patients', { keyPath: 'id' }),
  });
  await half.put('patients', { id: 'p1' });
  half.close();
  const cases = createCases({ open: (onClosed) => openCases({ name, onClosed }) });
  expect(await cases.load()).toMatchObject({ ok: false, failure: { code: 'storage-broken' } });
  expect(cases.store.getState()).toMatchObject({ state: 'failed', failure: { code: 'storage-broken' } });
  const after = await openDB(name);
  expect(await after.getAllKeys('patients')).toEqual(['p1']);
  after.close();
  expect(await cases.forgetEverything()).toMatchObject({ ok: true });
  expect(await cases.load()).toMatchObject({ ok: true });
  await cases.forgetEverything();
});
