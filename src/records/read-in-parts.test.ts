import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Cases } from './cases';
import { type CaseDatabase, databaseName, openCases } from './database';
import { entry, lesion, patient, photo } from './fixtures/records';
import type { ReadRecords } from './read-records';
import type { Records } from './record';
import { createCases } from './store';

const count = 250;
const numbers = Array.from({ length: count }, (_, index) => index);
/** The photos in no order of time, each of a day of its own. */
const takenAt = (number: number) => new Date(Date.UTC(2024, 0, 1 + ((number * 97) % count))).toISOString();
const stored: Records = {
  patients: [patient('p')],
  lesions: numbers.map((number) => lesion(`l${number}`, { patientId: 'p' })),
  photos: numbers.map((number) => photo(`h${number}`, [`l${number}`], { takenAt: takenAt(number) })),
  entries: numbers.map((number) => entry(`e${number}`, `h${number}`, `l${number}`)),
};

async function open(): Promise<CaseDatabase> {
  const opened = await openCases();
  if (!opened.ok) throw new Error(opened.failure.code);
  return opened.value;
}

beforeEach(async () => {
  const database = await open();
  await database.write(stored);
  database.close();
});
afterEach(() => deleteDB(databaseName));

const byId = (records: readonly { id: string }[]) => records.map(({ id }) => id).sort();

test('the answers of the photos taken last come first, beside everything else; then all of them, once', async () => {
  const database = await open();
  let first: ReadRecords | undefined;
  const read = await database.read((part) => {
    first = part;
  });
  database.close();
  expect(first?.records.lesions).toHaveLength(count);
  expect(first?.records.photos).toHaveLength(count);
  const last = stored.photos.toSorted((a, b) => (a.takenAt < b.takenAt ? 1 : -1)).slice(0, 60);
  expect(byId(first?.records.entries ?? [])).toEqual(
    byId(last.map(({ id }) => ({ id: id.replace('h', 'e') }))),
  );
  expect(byId(read.records.entries)).toEqual(byId(stored.entries));
  expect(read.records.entries.find(({ id }) => id === 'e7')).toEqual(stored.entries[7]);
});

test('each record is read by itself: those that cannot be read are listed, wherever they stand', async () => {
  const raw = await openDB(databaseName);
  const { impressions: _, ...odd } = lesion('l3');
  await raw.put('lesions', odd);
  await raw.put('photos', { id: 'h4', takenAt: 7 });
  for (const id of ['e5', 'e249']) await raw.put('entries', { id, photoId: 'h5', analysis: null });
  raw.close();
  const database = await open();
  const { records, unreadable } = await database.read(() => {});
  database.close();
  expect(unreadable.map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual([
    'entries e249',
    'entries e5',
    'lesions l3',
    'photos h4',
  ]);
  expect([records.lesions.length, records.photos.length, records.entries.length]).toEqual([249, 249, 248]);
});

/** Cases whose reading calls `meanwhile` once its first part is shown. */
function startedWith(meanwhile: (cases: Cases) => unknown): Cases {
  const cases = createCases({
    channel: () => null,
    async open(onClosed) {
      const opened = await openCases({ onClosed });
      if (!opened.ok) return opened;
      const { read } = opened.value;
      const slow: CaseDatabase['read'] = async (onFirst) => {
        const whole = await read(onFirst);
        if (onFirst) await meanwhile(cases);
        return whole;
      };
      return { ok: true, value: { ...opened.value, read: slow } };
    },
  });
  return cases;
}

const states = (cases: Cases) => {
  const seen: string[] = [];
  cases.store.subscribe(({ state, records }) =>
    seen.push(`${state} ${records.lesions.length} ${records.entries.length}`),
  );
  return seen;
};

test('the list stands before everything is read', async () => {
  const cases = startedWith(() => {});
  const seen = states(cases);
  await cases.load();
  expect(seen).toEqual(['loading 0 0', `loading ${count} 60`, `ready ${count} ${count}`]);
  await cases.forgetEverything();
});

test('what is written while it is read is not lost to the screen', async () => {
  const cases = startedWith((cases) => cases.edit('lesions', 'l7', () => ({ notes: 'written meanwhile' })));
  await cases.load();
  const { records, state } = cases.store.getState();
  expect(state).toBe('ready');
  expect(records.lesions.find(({ id }) => id === 'l7')?.notes).toBe('written meanwhile');
  expect(records.lesions).toHaveLength(count);
  expect(records.entries).toHaveLength(count);
  await cases.forgetEverything();
});

test('what is forgotten while it is read does not come back', async () => {
  const cases = startedWith((cases) => cases.forgetEverything());
  await cases.load();
  expect(cases.store.getState()).toMatchObject({ state: 'absent', records: { lesions: [], entries: [] } });
});

test('a second call while it is read waits for the same reading', async () => {
  let readings = 0;
  const cases = startedWith(() => {
    readings += 1;
  });
  expect(await Promise.all([cases.load(), cases.load()])).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
  ]);
  expect(readings).toBe(1);
  await cases.forgetEverything();
});
