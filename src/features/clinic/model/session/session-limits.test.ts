import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openWorkbench } from '../testing/open-workbench';
import { day, later, visit } from '../testing/session-visit';
import { createTriage } from '../triage';
import { createSession, sessionPeriodMs } from './session';
import { createSessionArchive, type SessionArchive, sessionDatabaseName } from './session-archive';

afterEach(() => deleteDB(sessionDatabaseName));

/** Locks as one browser has them for all its tabs, without modes and queues. */
function tabLocks() {
  const held = new Map<string, Promise<unknown>>();
  let closing = () => {};
  const closed = new Promise<void>((resolve) => {
    closing = resolve;
  });
  const request = async (name: string, run: () => unknown) => {
    if (held.has(name)) {
      await closed;
      return run();
    }
    const done = Promise.race([run(), closed]).finally(() => held.delete(name));
    held.set(name, done);
    return done;
  };
  const query = async () => ({ held: [...held.keys()].map((name) => ({ name })) });
  return { locks: { request, query } as unknown as LockManager, close: () => closing() };
}

describe('the end of what is kept', () => {
  test('24 hours after the last change it is deleted, at the next visit to any page', async () => {
    const first = await visit();
    await first.add('arm.jpg');
    await first.kept(1);
    expect((await visit({ now: () => later(sessionPeriodMs) })).offer()?.photos).toBe(1);
    const late = await visit({ now: () => later(sessionPeriodMs + 1) });
    expect(late.offer()).toBeNull();
    expect(await late.archive.sessions()).toEqual([]);
  });

  test('a clock that was days ahead keeps nothing longer', async () => {
    const first = await visit({ now: () => later(3 * sessionPeriodMs) });
    await first.add('arm.jpg');
    await first.kept(1);
    const next = await visit();
    expect(next.offer()).toBeNull();
    expect(await next.archive.sessions()).toEqual([]);
  });

  test('forget, take off, take all off: what is gone from the page is gone from the machine', async () => {
    const first = await visit();
    const [arm] = await first.add('arm.jpg', 'leg.jpg');
    await first.kept(2);
    first.workbench.remove(arm);
    await first.kept(1);
    const next = await visit();
    expect(next.offer()?.photos).toBe(1);
    expect(await next.session.forget()).toBeNull();
    expect(next.offer()).toBeNull();
    expect((await visit()).offer()).toBeNull();

    const third = await visit();
    await third.add('back.jpg');
    await third.kept(1);
    third.workbench.clear();
    await third.kept(0);
    const database = await openDB(sessionDatabaseName);
    const rests = await Promise.all(
      ['sessions', 'photos', 'files', 'answers'].map((store) => database.count(store)),
    );
    database.close();
    expect(rests).toEqual([0, 0, 0, 0]);
  });

  test('a page for strangers forgets what earlier visits left, even before it was offered', async () => {
    const first = await visit();
    await first.add('arm.jpg');
    await first.kept(1);
    const kiosk = openWorkbench();
    const session = createSession({
      ...kiosk,
      triage: createTriage(kiosk.workbench),
      archive: async () => first.archive,
      now: () => new Date(day),
    });
    expect(await session.forgetEarlier()).toBeNull();
    expect(await first.archive.sessions()).toEqual([]);
  });
});

test('the session of another tab is left alone as long as that tab is open', async () => {
  const tab = tabLocks();
  const first = await visit({ locks: tab.locks });
  await first.add('arm.jpg');
  await first.kept(1);
  const other = await visit({ locks: tab.locks, now: () => later(2 * sessionPeriodMs) });
  expect(other.offer()).toBeNull();
  expect(await other.archive.sessions()).toHaveLength(1);

  const third = await visit({ locks: tab.locks });
  tab.close();
  await vi.waitFor(() => expect(third.offer()?.photos).toBe(1));
});

test('an offer that another tab has taken goes without harm', async () => {
  const first = await visit();
  await first.add('arm.jpg');
  await first.kept(1);
  const [here, there] = [await visit(), await visit()];
  await here.session.resume();
  expect(await there.session.resume()).toBeNull();
  expect(here.photos()).toHaveLength(1);
  expect(there.photos()).toEqual([]);
  expect(there.offer()).toBeNull();
});

describe('where not everything can be kept', () => {
  const refusing = (name: string, which: (photoName: string) => boolean): SessionArchive => {
    const archive = createSessionArchive();
    return {
      ...archive,
      putPhoto: async (session, photo, changed) => {
        if (which(photo.name)) throw new DOMException('no', name);
        return archive.putPhoto(session, photo, changed);
      },
    };
  };

  test('storage is full: the others are kept, the session says so, and the queue stays as it is', async () => {
    const page = await visit({
      archive: async () => refusing('QuotaExceededError', (name) => name === 'leg.jpg'),
    });
    const [arm] = await page.add('arm.jpg', 'leg.jpg', 'back.jpg');
    await page.kept(2);
    expect(page.session.store.getState().keeping).toMatchObject({
      leftOut: 1,
      problem: { code: 'storage-full' },
    });
    expect(page.photos()).toHaveLength(3);
    expect((await visit()).offer()?.photos).toBe(2);
    // Room was made: the one left out is tried again.
    page.workbench.remove(arm);
    await page.kept(1);
  });

  test('storage is denied: a visit without photos hears nothing, one with photos does', async () => {
    const page = await visit({ archive: () => Promise.reject(new DOMException('no', 'SecurityError')) });
    expect(page.session.store.getState().keeping.problem).toBeNull();
    await page.add('arm.jpg');
    await vi.waitFor(() =>
      expect(page.session.store.getState().keeping).toMatchObject({
        kept: 0,
        leftOut: 1,
        problem: { code: 'storage-denied' },
      }),
    );
    expect(page.photos()).toHaveLength(1);
  });

  test('a browser that stores no Blob gets the bytes, and gives the photo back as it was', async () => {
    const { put } = IDBObjectStore.prototype;
    const refusal = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value,
      key,
    ) {
      if (value instanceof Blob) throw new DOMException('no Blobs here', 'DataCloneError');
      return key === undefined ? put.call(this, value) : put.call(this, value, key);
    });
    const page = await visit();
    await page.add('arm.jpg');
    await page.kept(1);
    const next = await visit();
    expect(await next.session.resume()).toBeNull();
    const [arm] = next.photos();
    await vi.waitFor(async () => expect(await next.workbench.imageOf(arm?.id ?? '')?.text()).toBe('arm.jpg'));
    refusal.mockRestore();
  });

  test('no more bytes than the limit', async () => {
    const page = await visit({ maxBytes: 15 });
    await page.add('arm.jpg', 'leg.jpg', 'back.jpg');
    await page.kept(2);
    expect(page.session.store.getState().keeping).toMatchObject({ leftOut: 1, problem: null });
  });

  test('a photo whose record is damaged costs no other', async () => {
    const first = await visit();
    const [arm] = await first.add('arm.jpg', 'leg.jpg');
    await first.kept(2);
    const database = await openDB(sessionDatabaseName);
    const stored = await database.get('photos', arm);
    stored.photo.squares = 'none';
    await database.put('photos', stored);
    database.close();
    const next = await visit();
    expect(await next.session.resume()).toBeNull();
    expect(next.photos().map(({ name }) => name)).toEqual(['leg.jpg']);
  });
});
