import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exampleAnalysis } from '../../../core/fixtures/analysis';
import type { Cases } from '../../../records/cases';
import { openCases } from '../../../records/database';
import { databaseOf } from '../../../records/fixtures/stored-cases';
import { createCases } from '../../../records/store';
import { type CaseEntryInput, saveBatch, saveToCase } from './save-to-case';

const what = (changes: Partial<CaseEntryInput> = {}): CaseEntryInput => ({
  image: new Blob(['a picture'], { type: 'image/jpeg' }),
  name: 'arm.jpg',
  width: 600,
  height: 450,
  source: 'file',
  takenAt: '2026-03-12T12:00:00.000Z',
  scale: null,
  metadata: { values: { age: 61, sex: 'male', site: 'hand' }, fromFile: [] },
  dicom: null,
  impression: { label: 'nv', recordedAt: '2026-03-12T12:00:00.000Z', beforeAnswer: true },
  analyses: [exampleAnalysis()],
  ...changes,
});

/** Of another run than the example. */
const later = exampleAnalysis({ createdAt: '2026-03-13T12:00:00.000Z' });

let cases: Cases;
beforeEach(async () => {
  cases = createCases({ open: (onClosed) => openCases({ onClosed }) });
  await cases.load();
});
afterEach(async () => {
  await cases.forgetEverything();
});

async function saveNew(
  target: Parameters<typeof saveToCase>[1],
  changes: Partial<CaseEntryInput> = {},
): Promise<string> {
  const result = await saveToCase(cases, target, what(changes));
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value.lesionId;
}
const records = () => cases.store.getState().records;

test('a first photo makes patient, lesion, photo, answer and impression, with what is known', async () => {
  await saveNew({ patient: { alias: 'K-17' }, lesion: { label: 'Left hand' } });
  expect(records().patients).toMatchObject([{ alias: 'K-17', age: 61, sex: 'male' }]);
  expect(records().lesions).toMatchObject([
    {
      label: 'Left hand',
      site: 'hand',
      patientId: records().patients[0]?.id,
      impressions: [{ label: 'nv' }],
    },
  ]);
  expect(records().photos).toHaveLength(1);
  expect(records().entries).toMatchObject([{ photoId: records().photos[0]?.id }]);
});

test('a second photo of the lesion stands beside the first; what was noted of the patient stays', async () => {
  const lesionId = await saveNew({ patient: { alias: 'K-17' }, lesion: { label: 'Left hand' } });
  const patientId = records().patients[0]?.id ?? '';
  await saveNew(
    { patient: { id: patientId }, lesion: { id: lesionId } },
    { image: new Blob(['another'], { type: 'image/jpeg' }), metadata: { values: { age: 20 }, fromFile: [] } },
  );
  expect(records().patients).toMatchObject([{ age: 61, sex: 'male' }]);
  expect(records().lesions).toHaveLength(1);
  expect(records().photos).toHaveLength(2);
  expect(records().lesions[0]?.impressions).toHaveLength(2);
});

test('the same photo again adds its answers and is not kept twice', async () => {
  const lesionId = await saveNew({ patient: null, lesion: { label: 'x' } });
  const again = { impression: null, analyses: [later] };
  await saveNew({ patient: null, lesion: { id: lesionId } }, again);
  expect(records().photos).toHaveLength(1);
  expect(records().entries).toHaveLength(2);
  // An answer that is there already, opened out of the case, is no further answer.
  await saveNew({ patient: null, lesion: { id: lesionId } }, again);
  expect(records().entries).toHaveLength(2);
});

test('an answer keeps what was said of the other lesions, and is kept again when more is known', async () => {
  const lesionId = await saveNew({ patient: null, lesion: { label: 'x' } });
  const analysis = exampleAnalysis();
  const other = {
    ...{ number: 2, of: 2, square: { left: 300, top: 0, side: 100 }, noResult: false },
    ...{
      flag: { flagged: true, probability: 0.6, threshold: 0.34 },
      classes: ['mel'],
      listed: 'one' as const,
    },
  };
  const otherLesions = { [analysis.provenance.packageId]: [other] };
  await saveNew({ patient: null, lesion: { id: lesionId } }, { otherLesions });
  expect(records().entries).toHaveLength(2);
  // Saved again, and opened out of the case, where nobody asks about the other lesion.
  await saveNew({ patient: null, lesion: { id: lesionId } }, { otherLesions });
  await saveNew({ patient: null, lesion: { id: lesionId } });
  expect(records().entries).toHaveLength(2);
  // As another visit to the page reads it.
  const again = createCases({ open: (onClosed) => openCases({ onClosed }) });
  await again.load();
  const kept = again.store.getState().records.entries.flatMap((entry) => entry.otherLesions ?? []);
  expect(kept).toEqual([other]);
});

test('a save that fails leaves nothing half done, and the next one makes one patient', async () => {
  // The image is the last thing that is written, and finds no room.
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    if (this.name === 'images') throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, given);
  });
  const target = { patient: { alias: 'K-17' }, lesion: { label: 'Left hand' } };
  const failed = await saveToCase(cases, target, what());
  expect(failed).toMatchObject({ ok: false, failure: { code: 'storage-full' } });
  vi.restoreAllMocks();
  await cases.load();
  expect(records()).toEqual({ patients: [], lesions: [], photos: [], entries: [] });
  await saveNew(target);
  expect([records().patients.length, records().lesions.length, records().photos.length]).toEqual([1, 1, 1]);
});

test('a lesion that was deleted meanwhile takes no photo, and that is said', async () => {
  const lesionId = await saveNew({ patient: null, lesion: { label: 'x' } });
  await cases.remove('lesions', [lesionId]);
  expect(await saveToCase(cases, { patient: null, lesion: { id: lesionId } }, what())).toMatchObject({
    ok: false,
    failure: { code: 'record-gone' },
  });
  expect(records().photos).toEqual([]);
});

test('a side that nobody noted of a lesion is filled in, one that is noted stays', async () => {
  const lesionId = await saveNew({ patient: { alias: 'K-17' }, lesion: { label: 'Hand' } });
  const again = (side: 'left' | 'right') =>
    saveNew({ patient: null, lesion: { id: lesionId, side } }, { analyses: [later] });
  await again('left');
  expect(records().lesions).toMatchObject([{ side: 'left' }]);
  await again('right');
  expect(records().lesions).toMatchObject([{ side: 'left' }]);
});

const image = (content: string) => new Blob([content], { type: 'image/jpeg' });

test('a batch of two patients and three lesions is one save; an alias that comes twice is one patient', async () => {
  const save = () =>
    saveBatch(cases, [
      {
        patient: { alias: 'K-17' },
        lesion: { label: 'Hand' },
        inputs: [what(), what({ image: image('b') })],
      },
      {
        patient: { alias: 'K-17' },
        lesion: { label: 'Back' },
        inputs: [what({ image: image('c'), metadata: { values: { site: 'back' }, fromFile: [] } })],
      },
      { patient: { alias: 'K-18' }, lesion: { label: 'Foot' }, inputs: [what({ image: image('d') })] },
    ]);
  // One photo that cannot be written leaves nothing of the others.
  const put = IDBObjectStore.prototype.put;
  let images = 0;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    if (this.name === 'images' && ++images === 4) throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, given);
  });
  expect(await save()).toMatchObject({ ok: false, failure: { code: 'storage-full' } });
  vi.restoreAllMocks();
  await cases.load();
  expect(records()).toEqual({ patients: [], lesions: [], photos: [], entries: [] });

  const saved = await save();
  const any = expect.any(String);
  expect(saved).toMatchObject({
    ok: true,
    value: [{ photoIds: [any, any] }, { photoIds: [any] }, { photoIds: [any] }],
  });
  expect(records().patients.map(({ alias, age }) => [alias, age])).toEqual([
    ['K-17', 61],
    ['K-18', 61],
  ]);
  const [first, second] = records().patients;
  expect(records().lesions.map(({ label, site, patientId }) => [label, site, patientId])).toEqual([
    ['Hand', 'hand', first?.id],
    ['Back', 'back', first?.id],
    ['Foot', 'hand', second?.id],
  ]);
  expect(records().photos).toHaveLength(4);
  expect(records().entries).toHaveLength(4);
});

test('the same photo twice in a batch is kept once, and what a lesion has comes first', async () => {
  const lesionId = await saveNew({ patient: { alias: 'K-17' }, lesion: { label: 'Hand' } });
  const patient = { id: records().patients[0]?.id ?? '' };
  const twice = [what({ image: image('new') }), what({ image: image('new') }), what({ analyses: [later] })];
  await saveBatch(cases, [{ patient, lesion: { id: lesionId }, inputs: twice }]);
  expect(records().photos).toHaveLength(2);
  expect(records().entries).toHaveLength(4);
});

test('an embedding comes back from the records', async () => {
  const embedding = [0.6, -0.8];
  await saveNew({ patient: null, lesion: { label: 'x' } }, { analyses: [exampleAnalysis({ embedding })] });
  await cases.load();
  expect(records().entries[0]?.analysis.embedding).toEqual(embedding);
});

test('a patient who was deleted meanwhile takes no photo', async () => {
  await saveNew({ patient: { alias: 'K-17' }, lesion: { label: 'Hand' } });
  const patient = { id: records().patients[0]?.id ?? '' };
  await cases.remove('patients', [patient.id]);
  expect(await saveToCase(cases, { patient, lesion: { label: 'Back' } }, what())).toMatchObject({
    ok: false,
    failure: { code: 'record-gone' },
  });
});

test('a photo that another tab deletes while it is saved again is kept anew: no answer is left without it', async () => {
  const lesionId = await saveNew({ patient: null, lesion: { label: 'arm' } });
  const database = await databaseOf(cases);
  const { photosByHash } = database;
  vi.spyOn(database, 'photosByHash').mockImplementationOnce(async (hash) => {
    const found = await photosByHash(hash);
    await cases.remove(
      'photos',
      found.map(({ id }) => id),
    );
    return found;
  });
  const target = { patient: null, lesion: { id: lesionId } };
  expect(await saveToCase(cases, target, what({ analyses: [later] }))).toMatchObject({ ok: true });
  const { photos, entries } = cases.store.getState().records;
  expect(photos).toHaveLength(1);
  expect(entries.map(({ photoId }) => photoId)).toEqual(photos.map(({ id }) => id));
});

test('an alias that somebody in the records has is that patient, and nobody new', async () => {
  await saveNew({ patient: { alias: 'K-17' }, lesion: { label: 'Hand' } });
  await saveNew({ patient: { alias: 'K-17' }, lesion: { label: 'Foot' } });
  expect(records().patients.map(({ alias }) => alias)).toEqual(['K-17']);
  expect(records().lesions.map(({ label, patientId }) => [label, patientId])).toEqual(
    ['Hand', 'Foot'].map((label) => [label, records().patients[0]?.id]),
  );
});

test('the same answer at another threshold is kept beside the first; at the same one it is not kept twice', async () => {
  const at = (threshold: number, wanted: number | null) => {
    const decision = { positive: ['mel'], probability: 0.1, threshold, above: 0.1 >= threshold, wanted };
    return what({ analyses: [exampleAnalysis({ decision })] });
  };
  const saved = await saveToCase(cases, { patient: null, lesion: { label: 'arm' } }, at(0.21, null));
  const target = { patient: null, lesion: { id: saved.ok ? saved.value.lesionId : '' } };
  for (const input of [at(0.05, 0.98), at(0.05, 0.98), at(0.21, null)])
    await saveToCase(cases, target, input);
  const kept = records().entries.map(({ analysis }) => analysis.decision);
  expect(kept.map((decision) => [decision?.wanted, decision?.above]).sort()).toEqual(
    [
      [null, false],
      [0.98, true],
    ].sort(),
  );
});
