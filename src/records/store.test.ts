import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Analysis } from '../core/analysis';
import type { Result } from '../core/failure';
import { exampleAnalysis } from '../core/fixtures/analysis';
import { databaseName, openCases } from './database';
import { lesion } from './fixtures/records';
import { type NewRecordPhoto, newPhoto } from './new-photo';
import {
  type AnalysisEntry,
  blankLesion,
  freshRecord,
  joinAnalysis,
  type RecordPhoto,
  splitAnalysis,
} from './record';
import { type Cases, createCases } from './store';

const day = '2025-03-04T05:06:07.000Z';
const start = (now = day) =>
  createCases({ open: (onClosed) => openCases({ onClosed }), now: () => new Date(now) });
const about: NewRecordPhoto = {
  name: 'arm.jpg',
  width: 600,
  height: 450,
  source: 'file',
  takenAt: day,
  scale: null,
  dicom: null,
  lesionIds: [],
};
const image = new Blob(['picture'], { type: 'image/jpeg' });
const must = async <T>(
  result: Promise<{ ok: true; value: T } | { ok: false; failure: { code: string } }>,
) => {
  const settled = await result;
  if (!settled.ok) throw new Error(JSON.stringify(settled.failure));
  return settled.value;
};

let cases: Cases;
beforeEach(async () => {
  cases = start();
  await must(cases.load());
});
afterEach(async () => {
  vi.restoreAllMocks();
  await cases.forgetEverything();
});

const base = () => freshRecord(new Date(day));

/** Keeps a photo, with a lesion of its own where none is named. */
async function addPhoto(of: NewRecordPhoto): Promise<Result<RecordPhoto>> {
  const own = blankLesion(base());
  const isNew = of.lesionIds.length === 0;
  const made = await newPhoto(image, isNew ? { ...of, lesionIds: [own.id] } : of, base());
  const written = await cases.put({
    lesions: isNew ? [own] : [],
    photos: [made.photo],
    images: [made.image],
  });
  return written.ok ? { ok: true, value: made.photo } : written;
}

async function addAnalysis(
  of: { photoId: string; lesionId: string },
  whole: Analysis,
): Promise<Result<AnalysisEntry>> {
  const fresh = base();
  const { analysis, rasters } = splitAnalysis(fresh.id, whole);
  const entry = { ...fresh, ...of, analysis };
  const written = await cases.put({ entries: [entry], rasters: [rasters] });
  return written.ok ? { ok: true, value: entry } : written;
}

const added = async () => {
  const photo = await must(addPhoto(about));
  const lesionId = photo.lesionIds[0] ?? '';
  const analysis = exampleAnalysis({
    lesion: {
      segmenter: null,
      lesions: [],
      chosen: null,
      nothing: null,
      morphology: null,
      milliseconds: 1,
      mask: { width: 2, height: 1, data: Uint8Array.of(0, 1) },
    },
  });
  const entry = await must(addAnalysis({ photoId: photo.id, lesionId }, analysis));
  return { photo, lesionId, entry, analysis };
};

test('a photo makes a case; after a reload everything is there', async () => {
  const { photo, entry, analysis } = await added();
  const shown = cases.store.getState().records;
  expect([shown.photos.length, shown.lesions.length, shown.entries.length]).toEqual([1, 1, 1]);

  (await must(cases.database())).close();
  cases = start();
  await must(cases.load());
  expect(cases.store.getState().state).toBe('ready');
  expect(cases.store.getState().records).toEqual(shown);
  const rasters = await (await must(cases.database())).rasters(entry.id);
  expect(joinAnalysis(entry, rasters)).toEqual(analysis);
  // printf picture | sha256sum
  expect(photo.sha256).toBe('2cea274d0bedc39ec4ab6ba9e59ec889e3ed6fb56a1cf088a64d9b383378dc97');
});

test('the state is plain data', async () => {
  await added();
  const { records } = cases.store.getState();
  expect(JSON.parse(JSON.stringify(records))).toEqual(records);
});

test('a photo of a known lesion makes no other', async () => {
  await must(cases.put({ lesions: [lesion('l1')] }));
  await must(addPhoto({ ...about, lesionIds: ['l1'] }));
  expect(cases.store.getState().records.lesions.map(({ id }) => id)).toEqual(['l1']);
});

test('deletes are undone, also after a reload', async () => {
  const { lesionId } = await added();
  const before = cases.store.getState().records;
  const deletedAt = await must(cases.remove('lesions', [lesionId]));
  expect(cases.store.getState().records).toEqual({ patients: [], lesions: [], photos: [], entries: [] });

  (await must(cases.database())).close();
  cases = start();
  await must(cases.load());
  expect(cases.store.getState().deletions).toEqual([
    { deletedAt, counts: { patients: 0, lesions: 1, photos: 1, entries: 1 } },
  ]);
  await must(cases.undo(deletedAt));
  expect(cases.store.getState().records).toEqual(before);
  expect(cases.store.getState().deletions).toEqual([]);
});

test('two deletes in the same millisecond stay two', async () => {
  await must(cases.put({ lesions: [lesion('a'), lesion('b')] }));
  const [first, other] = [
    await must(cases.remove('lesions', ['a'])),
    await must(cases.remove('lesions', ['b'])),
  ];
  expect(first).not.toBe(other);
  await must(cases.undo(first));
  expect(cases.store.getState().records.lesions.map(({ id }) => id)).toEqual(['a']);
});

test('what could not be written is not shown', async () => {
  const database = await must(cases.database());
  vi.spyOn(database, 'change').mockResolvedValue({
    ok: false,
    failure: { code: 'storage-full', detail: {} },
  });
  expect(await addPhoto(about)).toMatchObject({ ok: false, failure: { code: 'storage-full' } });
  expect(cases.store.getState().records.photos).toEqual([]);
});

test('a database that does not open is told', async () => {
  const none = createCases({
    open: async () => ({ ok: false, failure: { code: 'storage-blocked', detail: {} } }),
  });
  expect(await none.load()).toMatchObject({ ok: false });
  expect(none.store.getState()).toMatchObject({ state: 'failed', failure: { code: 'storage-blocked' } });
});

test('an object URL is made once a photo', async () => {
  const create = vi.spyOn(URL, 'createObjectURL');
  const { photo } = await added();
  const [first, other] = await Promise.all([cases.imageUrl(photo.id), cases.imageUrl(photo.id)]);
  expect(first).toBe(other);
  expect(create).toHaveBeenCalledOnce();
  expect(await cases.imageUrl('none')).toBeNull();
});

describe('forgetting everything', () => {
  test('leaves no database, no object URL and an empty store', async () => {
    const revoke = vi.spyOn(URL, 'revokeObjectURL');
    const { photo } = await added();
    const url = await cases.imageUrl(photo.id);
    await must(cases.forgetEverything());
    expect(revoke).toHaveBeenCalledWith(url);
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(databaseName);
    expect(cases.store.getState()).toEqual(start().store.getState());
  });

  test('empties what other tabs show', async () => {
    await added();
    const tab = start();
    await must(tab.load());
    expect(tab.store.getState().records.photos).toHaveLength(1);
    await must(cases.forgetEverything());
    expect(tab.store.getState()).toMatchObject({ state: 'absent', records: { photos: [] } });
  });
});

describe('two tabs', () => {
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
    const { lesionId } = await added();
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
});

test('an imported delete of the year 9999 spoils no later one', async () => {
  const far = { ...lesion('far'), deletedAt: '9999-12-31T23:59:59.999Z' };
  await must(cases.put({ lesions: [far, lesion('l1')] }));
  const deletedAt = await must(cases.remove('lesions', ['l1']));
  expect(deletedAt).toBe(day);
  await must(cases.undo(deletedAt));
  expect(cases.store.getState().records.lesions.map(({ id }) => id)).toEqual(['l1']);
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
    const { lesionId } = await added();
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
    expect((await must(cases.database()).then((database) => database.read())).records.photos).toEqual([]);
  });
});
