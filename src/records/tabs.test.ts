import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Cases } from './cases';
import { openCases } from './database';
import { lesion } from './fixtures/records';
import { addCase, day, must, start } from './fixtures/stored-cases';
import { createCases } from './store';

/** Two tabs of one browser, on one database. */

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
