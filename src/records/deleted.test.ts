import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cases } from './cases';
import { openCases } from './database';
import { lesion } from './fixtures/records';
import { addCase, databaseOf, day, must, start } from './fixtures/stored-cases';
import { createCases } from './store';

let cases: Cases;
beforeEach(async () => {
  cases = start();
  await must(cases.load());
});
afterEach(() => cases.forgetEverything());

test('an imported delete of the year 9999 spoils no later one', async () => {
  const far = { ...lesion('far'), deletedAt: '9999-12-31T23:59:59.999Z' };
  await must(cases.put({ lesions: [far, lesion('l1')] }));
  const deletedAt = await must(cases.remove('lesions', ['l1']));
  expect(deletedAt).toBe(day);
  await must(cases.undo(deletedAt));
  expect(cases.store.getState().records.lesions.map(({ id }) => id)).toEqual(['l1']);
});

test('an imported record of the year 9998 that is deleted goes for good in its time', async () => {
  const now = (date: string) => () => new Date(`${date}T12:00:00.000Z`);
  const days = { kept: '', read: () => days.kept, write: (now: string) => (days.kept = now) };
  const open = (onClosed: () => void) => openCases({ onClosed });
  cases = createCases({ open, now: now('2025-03-04'), days });
  await must(cases.put({ lesions: [{ ...lesion('far'), createdAt: '9998-01-01T00:00:00.000Z' }] }));
  await must(cases.load());
  const deletedAt = await must(cases.remove('lesions', ['far']));
  for (const date of ['2025-03-05', '2025-04-10', '2025-04-11']) {
    cases = createCases({ open, now: now(date), days });
    await must(cases.load());
    expect(cases.store.getState().deletions).toMatchObject([{ deletedAt }]);
  }
  cases = createCases({ open, now: now('2025-04-12'), days });
  await must(cases.load());
  expect((await databaseOf(cases).then((database) => database.read())).records.lesions).toEqual([]);
});

describe('what was deleted', () => {
  /** Opens the cases on a day, with the days before in mind. */
  const days = { kept: '', read: () => days.kept, write: (now: string) => (days.kept = now) };
  async function openOn(date: string): Promise<void> {
    cases = createCases({
      open: (onClosed) => openCases({ onClosed }),
      now: () => new Date(`${date}T12:00:00.000Z`),
      days,
    });
    await must(cases.load());
  }
  const canBeUndone = () => cases.store.getState().deletions.length;
  beforeEach(async () => {
    days.kept = '';
    await openOn('2025-03-04');
    const { lesionId } = await addCase(cases);
    await must(cases.remove('lesions', [lesionId]));
  });

  test('can still be undone after a visit with a clock that is years ahead', async () => {
    for (const date of ['2031-01-01', '2025-03-05', '2025-03-06']) await openOn(date);
    expect(canBeUndone()).toBe(1);
  });

  test('goes for good once several days say that its time is over', async () => {
    for (const date of ['2025-04-10', '2025-04-11']) await openOn(date);
    expect(canBeUndone()).toBe(1);
    await openOn('2025-04-12');
    expect(canBeUndone()).toBe(0);
    expect((await databaseOf(cases).then((database) => database.read())).records.photos).toEqual([]);
  });
});
