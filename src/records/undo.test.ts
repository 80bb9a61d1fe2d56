import { expect, test } from 'vitest';
import { everyKind, photo } from './fixtures/records';
import { type Kind, kinds, type Records } from './record';
import {
  alive,
  deletions,
  expired,
  markDeleted,
  markRestored,
  undoPeriodMs,
  withPossibleTimes,
} from './undo';

const { patients, lesions, photos, entries } = everyKind();
const records: Records = { patients, lesions, photos, entries };
const ids = (some: Records) =>
  Object.fromEntries(kinds.map((kind) => [kind, some[kind].map(({ id }) => id)]));
const first = '2025-02-01T00:00:00.000Z';
const second = '2025-02-02T00:00:00.000Z';

/** The records with the changed ones in the place of the old. */
function applied(old: Records, changed: Records): Records {
  const merge = (kind: Kind) =>
    old[kind].map((record) => changed[kind].find(({ id }) => id === record.id) ?? record);
  return Object.fromEntries(kinds.map((kind) => [kind, merge(kind)])) as unknown as Records;
}

test('a patient goes with lesions, photos and entries; what is not theirs stays', () => {
  expect(ids(markDeleted(records, 'patients', ['p1'], first))).toEqual({
    patients: ['p1'],
    lesions: ['l1', 'l2'],
    photos: ['h1', 'h2'],
    entries: ['e1', 'e2'],
  });
});

test('a photo of two lesions stays as long as one of them does', () => {
  expect(ids(markDeleted(records, 'lesions', ['l1'], first))).toEqual({
    patients: [],
    lesions: ['l1'],
    photos: ['h1'],
    entries: ['e1'],
  });
});

test('a photo of two lesions that are deleted one after the other goes with the last', () => {
  const once = applied(records, markDeleted(records, 'lesions', ['l1'], first));
  expect(ids(markDeleted(once, 'lesions', ['l2'], second))).toMatchObject({
    lesions: ['l2'],
    photos: ['h2'],
  });
});

test('what is brought back comes with what it belongs to, and with nothing else', () => {
  const once = applied(records, markDeleted(records, 'photos', ['h1'], first));
  const twice = applied(once, markDeleted(once, 'patients', ['p1'], second));
  expect(ids(markRestored(twice, first))).toEqual({
    patients: ['p1'],
    lesions: ['l1'],
    photos: ['h1'],
    entries: ['e1'],
  });
  // The other photo of the lesion waits for its own delete to be undone.
  const back = applied(twice, markRestored(twice, first));
  expect(applied(back, markRestored(back, second))).toEqual(records);
});

test('a photo without a case is not taken along by chance', () => {
  const loose = { ...records, photos: [photo('h9', [])] };
  expect(ids(markDeleted(loose, 'entries', ['e1'], first)).photos).toEqual([]);
});

test('undone, everything is as it was', () => {
  const deleted = applied(records, markDeleted(records, 'patients', ['p1'], first));
  expect(alive(deleted).patients.map(({ id }) => id)).toEqual(['p2']);
  expect(applied(deleted, markRestored(deleted, first))).toEqual(records);
});

test('two deletes are undone one by one, also where one reaches into the other', () => {
  const once = applied(records, markDeleted(records, 'photos', ['h1'], first));
  const twice = applied(once, markDeleted(once, 'patients', ['p1'], second));
  expect(deletions(twice)).toEqual([
    { deletedAt: second, counts: { patients: 1, lesions: 2, photos: 1, entries: 1 } },
    { deletedAt: first, counts: { patients: 0, lesions: 0, photos: 1, entries: 1 } },
  ]);
  // Undoing the second leaves the photo deleted, as it was before.
  expect(applied(twice, markRestored(twice, second))).toEqual(once);
});

test('what was deleted long ago goes for good, not a moment before', () => {
  const deleted = applied(records, markDeleted(records, 'patients', ['p1'], first));
  const at = (milliseconds: number) => new Date(Date.parse(first) + milliseconds).toISOString();
  expect(expired(deleted, at(undoPeriodMs)).patients).toEqual([]);
  expect(ids(expired(deleted, at(undoPeriodMs + 1)))).toEqual({
    patients: ['p1'],
    lesions: ['l1', 'l2'],
    photos: ['h1', 'h2'],
    entries: ['e1', 'e2'],
  });
});

test('a delete by a clock that was wrong counts from now on, as one delete', () => {
  const now = '2025-06-01T00:00:00.000Z';
  for (const wrong of ['1990-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z']) {
    const deleted = applied(records, markDeleted(records, 'patients', ['p1'], wrong));
    const mended = applied(deleted, withPossibleTimes(deleted, now));
    expect(deletions(mended)).toEqual([
      { deletedAt: now, counts: { patients: 1, lesions: 2, photos: 2, entries: 2 } },
    ]);
  }
});

test('two deletes by a wrong clock stay two', () => {
  const once = applied(records, markDeleted(records, 'photos', ['h1'], '1990-01-01T00:00:00.000Z'));
  const twice = applied(once, markDeleted(once, 'lesions', ['l3'], '1991-01-01T00:00:00.000Z'));
  const mended = applied(twice, withPossibleTimes(twice, '2025-06-01T00:00:00.000Z'));
  expect(new Set(deletions(mended).map(({ deletedAt }) => deletedAt)).size).toBe(2);
});

test('a delete at a time that can be is left as it is', () => {
  const deleted = applied(records, markDeleted(records, 'patients', ['p1'], first));
  expect(ids(withPossibleTimes(deleted, second))).toEqual({
    patients: [],
    lesions: [],
    photos: [],
    entries: [],
  });
});
