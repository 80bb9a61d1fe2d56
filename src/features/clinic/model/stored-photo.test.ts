import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { exampleCard } from '../../../core/fixtures/analysis';
import type { Cases } from '../../../records/cases';
import { entry, everyKind, imageBytes } from '../../../records/fixtures/records';
import { start } from '../../../records/fixtures/stored-cases';
import { joinAnalysis } from '../../../records/record';
import { savedSpotTag } from '../../../records/saved-spot-tag';
import { exportable } from '../../../report/fixtures/exportable';
import { cleared } from '../../../report/may-leave';
import { createPatientContext } from './patient-context';
import { notesOf } from './reopened-photo';
import { saveToCase } from './save-to-case';
import { modelFor, storedPhoto } from './stored-photo';
import { openPhoto } from './testing/triage-rows';

let cases: Cases;
afterEach(() => cases.forgetEverything());

async function kept(): Promise<Cases> {
  cases = start();
  const written = await cases.put(everyKind());
  if (!written.ok) throw new Error(written.failure.code);
  return cases;
}

async function opened(photoId: string) {
  const stored = await storedPhoto(cases, photoId);
  if (!stored.ok) throw new Error(stored.failure.code);
  return stored.value;
}

test('a photo of a case opens with its answer, outline, patient and impression', async () => {
  await kept();
  const { photo, file, answers, notes } = await opened('h1');
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(imageBytes('h1'));
  expect(photo).toMatchObject({ id: 'record-h1', name: 'h1.jpg', scale: 0.05, square: null });
  // It was drawn by hand.
  expect(photo.mask?.raster).toEqual({ width: 3, height: 2, data: Uint8Array.of(0, 1, 1, 0, 1, 0) });
  expect(answers?.analyses).toHaveLength(1);
  expect(answers?.analyses[0]?.lesion?.mask).toEqual(photo.mask?.raster);
  expect(notes.metadata).toEqual({ values: { age: 45, sex: 'female' }, fromFile: [] });
  expect(notes.impression).toMatchObject({ label: 'nv', beforeAnswer: true });
});

test('what a DICOM file said is marked as said by it', async () => {
  await kept();
  const { photo, notes } = await opened('h2');
  expect(photo.dicom).toMatchObject({ age: 61, site: 'upper-body' });
  expect(notes.metadata?.fromFile).toEqual(['age', 'sex']);
});

test('the day and side of a DICOM photo out of its case leave only where it is asked for', async () => {
  await kept();
  await cases.edit('lesions', 'l1', () => ({ side: 'left' as const }));
  const { photo } = await opened('h2');
  expect(photo.origin).toMatchObject({ day: '2025-01-01', side: 'left' });
  const shown = openPhoto('h2.jpg', photo.origin ? { origin: photo.origin } : {});
  const notes = notesOf(shown, createPatientContext().store.getState(), []);
  const leaving = cleared(exportable({ notes, fileMetadata: [] }), false);
  expect(leaving.notes?.origin).toMatchObject({ day: null, side: null });
});

test('the newest answer of a package is the photo’s, and those of other squares are of other lesions', async () => {
  await kept();
  const [first] = cases.store.getState().records.entries;
  if (!first) throw new Error('no entry');
  const analysisAt = (left: number, createdAt: string) => ({
    analysis: { ...first.analysis, square: { left, top: 0, side: 50 } },
    createdAt,
  });
  await cases.put({
    entries: [
      entry('later', 'h1', 'l1', analysisAt(100, '2025-05-01T00:00:00.000Z')),
      entry('between', 'h1', 'l1', analysisAt(300, '2025-04-01T00:00:00.000Z')),
    ],
  });
  const { answers, photo } = await opened('h1');
  expect(answers?.analyses.map(({ square }) => square.left)).toEqual([100]);
  expect(answers?.lesions.map(({ square }) => square.left)).toEqual([300, 75]);
  expect(photo.squares.map(({ left }) => left)).toEqual([100, 300, 75]);
});

test('a photo that was deleted is a failure', async () => {
  await kept();
  await cases.remove('photos', ['h1']);
  expect(await storedPhoto(cases, 'h1')).toMatchObject({ ok: false, failure: { code: 'record-gone' } });
});

test('saved again as it was opened, the case keeps one answer', async () => {
  await kept();
  const { photo, file, answers } = await opened('h1');
  const [stored] = cases.store.getState().records.entries.filter(({ photoId }) => photoId === 'h1');
  const input = {
    image: file,
    ...{
      name: photo.name,
      width: 600,
      height: 450,
      source: photo.source,
      takenAt: '2025-01-01T00:00:00.000Z',
    },
    ...{ scale: photo.scale, dicom: null, impression: null, metadata: { values: {}, fromFile: [] } },
    analyses: answers?.analyses ?? [],
  };
  const target = { patient: { id: 'p1' }, lesion: { id: 'l1' } };
  expect((await saveToCase(cases, target, input)).ok).toBe(true);
  const entries = () => cases.store.getState().records.entries.filter(({ photoId }) => photoId === 'h1');
  expect(entries()).toEqual([stored]);
  // Run again, it is another answer.
  const again = {
    ...joinAnalysis(entries()[0] as NonNullable<typeof stored>, null),
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  await saveToCase(cases, target, { ...input, analyses: [again] });
  expect(entries()).toHaveLength(2);
});

test('a photo of a case knows its patient, day and lesion: saved again, it goes there', async () => {
  await kept();
  const { photo } = await opened('h1');
  const names = { lesionId: 'l1', photoId: 'h1', patient: 'Alias p1', lesion: 'Label l1' };
  expect(photo.saved).toEqual({ ...names, side: null });
  // The name is the case's alone: a copy would outlive a new one, and a delete.
  expect(photo.origin).toMatchObject({ patient: null, day: '2025-01-01', lesionId: 'l1' });
  expect((await opened('h3')).photo.saved).toEqual({
    lesionId: 'l3',
    photoId: 'h3',
    patient: null,
    lesion: 'Label l3',
    side: null,
  });
});

test('a photo that the self-check kept is answered by a model for phone photos, where there is one', async () => {
  await kept();
  const whole = await opened('h1');
  const unanswered = { ...whole, answers: { analyses: [], lesions: [] } };
  const phone = { ...exampleCard, id: 'phone', domain: 'phone' as const };
  const model = (photo: typeof whole, cards = [exampleCard, phone]) =>
    modelFor(photo, cases.store.getState().records, cards);
  expect(model(unanswered)).toBeNull();
  await cases.edit('lesions', whole.photo.origin?.lesionId ?? '', () => ({ tags: [savedSpotTag] }));
  expect(model(unanswered)).toBe('phone');
  expect(model(unanswered, [exampleCard])).toBeNull();
  expect(model(whole)).toBe(whole.answers?.analyses[0]?.provenance.packageId);
});
