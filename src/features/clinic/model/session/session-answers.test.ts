import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { answer, type openWorkbench } from '../testing/open-workbench';
import { visit } from '../testing/session-visit';
import { sessionDatabaseName } from './session-archive';

afterEach(() => deleteDB(sessionDatabaseName));

const mask = {
  of: { left: 0, top: 0, side: 4 },
  raster: { width: 2, height: 2, data: Uint8Array.of(0, 1, 1, 0) },
  edits: [],
};

describe('an answer', () => {
  const { packageId } = answer.provenance;
  const runOf = ({ photoOf }: ReturnType<typeof openWorkbench>, id: string) => photoOf(id)?.runs[packageId];
  /** A visit in which the package has answered for a photo. */
  async function answered() {
    const page = await visit();
    const [arm] = await page.add('arm.jpg');
    page.workbench.choosePackage(packageId);
    await vi.waitFor(() => expect(page.loads).toHaveLength(1));
    await page.load();
    await vi.waitFor(() => expect(page.analyses).toHaveLength(1));
    await page.finish(0);
    await vi.waitFor(() => expect(runOf(page, arm)?.state).toBe('done'));
    return { ...page, arm };
  }
  const answersKept = async () => {
    const database = await openDB(sessionDatabaseName);
    const stored = await database.getAll('answers').finally(() => database.close());
    return stored.flatMap(({ analyses }) => analyses);
  };

  test('is there again at once, as of then, and no model is asked for it', async () => {
    const first = await answered();
    await vi.waitFor(async () => expect(await answersKept()).toEqual([answer]));
    const next = await visit();
    await next.session.resume();
    expect(runOf(next, first.arm)).toEqual({ state: 'done', analysis: answer, reopened: true });
    await next.kept(1);
    // Kept on for the visit after this one, and not written again for that.
    expect(await answersKept()).toEqual([answer]);
    const third = await visit();
    await third.session.resume();
    expect(runOf(third, first.arm)).toMatchObject({ state: 'done', reopened: true });
    expect([...next.loads, ...third.loads]).toEqual([]);
  });

  test('is kept no more once a correction makes it run again', async () => {
    const first = await answered();
    await vi.waitFor(async () => expect(await answersKept()).toHaveLength(1));
    first.workbench.override(first.arm, { mask });
    await vi.waitFor(async () => expect(await answersKept()).toEqual([]));
    const next = await visit();
    await next.session.resume();
    expect(next.photoOf(first.arm)?.mask).toEqual(mask);
    expect(runOf(next, first.arm)?.state).not.toBe('done');
  });

  test('that is damaged is left out, and its photo comes back without it', async () => {
    const first = await answered();
    await vi.waitFor(async () => expect(await answersKept()).toHaveLength(1));
    const database = await openDB(sessionDatabaseName);
    await database.put('answers', { analyses: [{ ...answer, probabilities: 'none' }, null, 7] }, first.arm);
    database.close();
    const next = await visit();
    expect(await next.session.resume()).toBeNull();
    expect(next.photoOf(first.arm)?.name).toBe('arm.jpg');
    expect(runOf(next, first.arm)?.state).not.toBe('done');
  });

  test('goes with its photo', async () => {
    const first = await answered();
    await vi.waitFor(async () => expect(await answersKept()).toHaveLength(1));
    first.workbench.clear();
    await first.kept(0);
    expect(await answersKept()).toEqual([]);
  });
});

test('a session of before answers were kept is offered, and comes back without them', async () => {
  const first = await visit();
  const [arm] = await first.add('arm.jpg');
  await first.kept(1);
  const now = await openDB(sessionDatabaseName, undefined, {
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
  });
  const rows = {
    sessions: await now.getAll('sessions'),
    photos: await now.getAll('photos'),
    file: await now.get('files', arm),
  };
  now.close();
  await deleteDB(sessionDatabaseName);
  const old = await openDB(sessionDatabaseName, 1, {
    upgrade(made) {
      made.createObjectStore('sessions', { keyPath: 'id' });
      made.createObjectStore('photos', { keyPath: 'id' }).createIndex('sessionId', 'sessionId');
      made.createObjectStore('files');
    },
  });
  for (const session of rows.sessions) await old.put('sessions', session);
  for (const photo of rows.photos) await old.put('photos', photo);
  await old.put('files', rows.file, arm);
  old.close();
  const next = await visit();
  expect(next.offer()?.photos).toBe(1);
  expect(await next.session.resume()).toBeNull();
  expect(next.photoOf(arm)).toMatchObject({ name: 'arm.jpg', runs: {} });
});
