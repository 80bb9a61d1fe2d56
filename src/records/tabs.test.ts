import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exportArchive } from './archive';
import type { Cases } from './cases';
import { openCases } from './database';
import { lesion } from './fixtures/records';
import { addCase, day, must, start } from './fixtures/stored-cases';
import { createImporter } from './importer';
import { createCases } from './store';

/** Two tabs of one browser, on one database. */

const manifest = { appVersion: '0', exportedAt: day, disclaimer: { en: '', ko: '' } };
const exported = async () => {
  const made = await must(
    cases.read((database) => exportArchive(database, { manifest, withDicomMetadata: true })),
  );
  if (!made.ok) throw new Error(made.failure.code);
  return made.value;
};
const importer = () => createImporter(() => openCases());

let cases: Cases;
beforeEach(async () => {
  cases = start();
  await must(cases.load());
});
afterEach(() => cases.forgetEverything());

test('changing two fields of one lesion keep both, and tell each other', async () => {
  await must(cases.put({ lesions: [lesion('l1')] }));
  const tab = start();
  await must(tab.load());
  await Promise.all([
    cases.edit('lesions', 'l1', () => ({ notes: 'mine' })),
    tab.edit('lesions', 'l1', () => ({ label: 'theirs' })),
  ]);
  for (const { store } of [cases, tab]) {
    await vi.waitFor(() =>
      expect(store.getState().records.lesions).toMatchObject([{ notes: 'mine', label: 'theirs' }]),
    );
  }
  await must(cases.forgetEverything());
});

test('changing the same field: the later write is asked about, and overwrites nothing unasked', async () => {
  await must(cases.put({ lesions: [lesion('l1', { notes: 'first' })] }));
  const tab = createCases({ open: (onClosed) => openCases({ onClosed }), channel: () => null });
  await must(tab.load());
  await must(cases.edit('lesions', 'l1', () => ({ notes: 'mine' }), { notes: 'first' }));
  const late = () => tab.edit('lesions', 'l1', () => ({ notes: 'theirs' }), { notes: 'first' });
  expect(await late()).toMatchObject({
    ok: false,
    failure: { code: 'record-changed', detail: { field: 'notes' } },
  });
  // The tab that came late shows what is stored, and knows it from now on.
  expect(tab.store.getState().records.lesions).toMatchObject([{ notes: 'mine' }]);
  await must(tab.edit('lesions', 'l1', () => ({ notes: 'both' }), { notes: 'mine' }));
  expect(tab.store.getState().records.lesions).toMatchObject([{ notes: 'both' }]);
  await must(cases.forgetEverything());
});

test('another field that changed, or the same value written twice, is no conflict', async () => {
  await must(cases.put({ lesions: [lesion('l1', { notes: 'first', label: 'arm' })] }));
  await must(cases.edit('lesions', 'l1', () => ({ label: 'leg' }), { label: 'arm' }));
  await must(cases.edit('lesions', 'l1', () => ({ notes: 'second' }), { notes: 'first' }));
  await must(cases.edit('lesions', 'l1', () => ({ notes: 'second' }), { notes: 'first' }));
  expect(cases.store.getState().records.lesions).toMatchObject([{ label: 'leg', notes: 'second' }]);
  await must(cases.forgetEverything());
});

test('adding impressions at once keep all of them', async () => {
  await must(cases.put({ lesions: [lesion('l1')] }));
  const impression = (label: string) => ({ photoId: 'p', label, recordedAt: day, beforeAnswer: false });
  const labels = Array.from({ length: 20 }, (_, index) => `label ${index}`);
  await Promise.all(
    labels.map((label) =>
      cases.edit('lesions', 'l1', ({ impressions }) => ({
        impressions: [...impressions, impression(label)],
      })),
    ),
  );
  const [one] = cases.store.getState().records.lesions;
  expect(one?.impressions.map(({ label }) => label)).toEqual(labels);
});

test('one deletes what the other edits: it stays deleted, that is said, and the edit comes back with it', async () => {
  const { lesionId } = await addCase(cases);
  const silent = () => null;
  const tab = createCases({
    open: (onClosed) => openCases({ onClosed }),
    now: () => new Date(day),
    channel: silent,
  });
  await must(tab.load());
  const deletedAt = await must(cases.remove('lesions', [lesionId]));
  expect(await tab.edit('lesions', lesionId, () => ({ notes: 'late' }))).toMatchObject({
    ok: false,
    failure: { code: 'record-gone' },
  });
  await must(cases.undo(deletedAt));
  const { records } = cases.store.getState();
  expect(records).toMatchObject({ lesions: [{ notes: 'late' }], photos: [{}], entries: [{}] });
  expect(await tab.edit('lesions', 'none', () => ({}))).toMatchObject({ ok: false });
  await must(cases.forgetEverything());
});

test('a delete and its undo take nothing back that another tab wrote', async () => {
  await must(cases.put({ lesions: [lesion('l1')] }));
  const tab = createCases({ open: (onClosed) => openCases({ onClosed }), channel: () => null });
  await must(tab.load());
  await must(cases.edit('lesions', 'l1', () => ({ notes: 'newer' })));
  await must(tab.undo(await must(tab.remove('lesions', ['l1']))));
  expect(tab.store.getState().records.lesions).toMatchObject([{ notes: 'newer' }]);
  await must(cases.forgetEverything());
});

test('an import writes over nothing that another tab wrote since the archive was read', async () => {
  const { lesionId } = await addCase(cases);
  const file = await exported();
  await must(cases.forgetEverything());
  const mine = importer();
  expect(await must(mine.read(file, () => {}))).toMatchObject({ conflicting: 0, fresh: { lesions: 1 } });
  const theirs = importer();
  await must(theirs.read(file, () => {}));
  await must(theirs.write(false));
  await must(cases.edit('lesions', lesionId, () => ({ notes: 'newer' })));
  await must(mine.write(true));
  await must(cases.load());
  expect(cases.store.getState().records).toMatchObject({ lesions: [{ notes: 'newer' }], photos: [{}] });
});

test('what belongs to a case that was deleted here is no fresh record: it would be kept and shown nowhere', async () => {
  const { lesionId, photo } = await addCase(cases);
  const file = await exported();
  await must(cases.forgetEverything());
  await must(cases.put({ lesions: [lesion(lesionId)] }));
  await must(cases.remove('lesions', [lesionId]));
  const own = importer();
  expect(await must(own.read(file, () => {}))).toMatchObject({
    fresh: { lesions: 0, photos: 0, entries: 0 },
    conflicting: 3,
  });
  await must(own.write(false));
  expect(await must(cases.read((database) => database.image(photo.id)))).toBeNull();
  await must(own.write(true));
  await must(cases.load());
  expect(cases.store.getState().records).toMatchObject({ lesions: [{}], photos: [{}], entries: [{}] });
});

test('one forgets everything while the other works: what is saved then is kept, and nothing is thrown', async () => {
  const { photo } = await addCase(cases);
  const tab = start();
  await must(tab.load());
  const [forgotten, put, , size] = await Promise.all([
    cases.forgetEverything(),
    tab.put({ lesions: [lesion('later')] }),
    tab.imageUrl(photo.id),
    tab.measure(),
    cases.put({ lesions: [lesion('own')] }),
  ]);
  expect([forgotten.ok, put.ok, size]).toEqual([true, true, undefined]);
  await must(tab.load());
  expect(tab.store.getState().records.lesions.map(({ id }) => id)).toContain('own');
  await must(tab.forgetEverything());
});

test('what one tab brings back, another that clears up does not take away', async () => {
  const { lesionId, photo } = await addCase(cases);
  const deletedAt = await must(cases.remove('lesions', [lesionId]));
  const other = await must(openCases());
  const purged = other.purge('2031-01-01T00:00:00.000Z');
  const undone = cases.undo(deletedAt);
  await Promise.all([purged, undone]);
  await must(cases.load());
  const { records } = cases.store.getState();
  const whole = records.lesions.length === 1;
  expect(await purged).toBe(whole ? 0 : 3);
  expect([records.photos.length, records.entries.length]).toEqual(whole ? [1, 1] : [0, 0]);
  expect((await other.image(photo.id)) !== null).toBe(whole);
  other.close();
});
