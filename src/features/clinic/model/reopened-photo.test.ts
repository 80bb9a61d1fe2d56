import { expect, test } from 'vitest';
import { exampleAnalysis, exampleLesion } from '../../../core/fixtures/analysis';
import { withoutIdentity } from '../../../core/patient/photo-origin';
import { type AnalysisDocument, documentText, parseDocument } from '../../../core/report/json';
import { createPatientContext } from './patient-context';
import { originOf } from './photo-origin';
import { notesOf, reopenedFrom, takeReopened } from './reopened-photo';
import { openWorkbench } from './testing/open-workbench';
import { openPhoto } from './testing/triage-rows';
import { createTriage } from './triage';
import { restoredPhoto } from './workbench-photo';

const day = '2026-03-04T05:06:07.000Z';
const line = { from: { x: 1, y: 2 }, to: { x: 3, y: 4.5 } };
const image = new Blob(['picture'], { type: 'image/jpeg' });
const raster = { width: 2, height: 1, data: Uint8Array.of(0, 1) };
const drawn = {
  segmenter: null,
  lesions: [],
  chosen: null,
  mask: raster,
  nothing: null,
  morphology: null,
  milliseconds: 1,
};

/** A saved analysis, through its file and back. */
function saved(changes: Partial<AnalysisDocument>): AnalysisDocument {
  const source = {
    analysis: exampleAnalysis(),
    photo: { name: 'arm.jpg', type: 'image/jpeg', bytes: 7, sha256: 'b'.repeat(64) },
    disclaimer: { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' },
    exportedAt: day,
    ...changes,
  };
  const parsed = parseDocument(documentText(source));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value;
}

test('corrections, facts, measures, marks and the answer come back as they were', () => {
  const square = { left: 10, top: 20, side: 100 };
  const context = createPatientContext();
  context.setMetadata(['arm.jpg'], { age: 61, site: 'hand' });
  context.note('arm.jpg', { label: 'nv', recordedAt: day, beforeAnswer: true });
  const photo = openPhoto('arm.jpg', { square, squares: [square], scale: 0.1, lines: [line] });
  const notes = notesOf(photo, context.store.getState(), ['starred']);
  const analysis = exampleAnalysis({ square, lesion: drawn });
  const reopened = reopenedFrom(saved({ analysis, notes }), image);
  expect(reopened.photo).toMatchObject({
    name: 'arm.jpg',
    square,
    squares: [square],
    scale: 0.1,
    lines: [line],
    mask: { of: square, raster, edits: [] },
  });
  expect(reopened.notes).toEqual({
    metadata: { values: { age: 61, site: 'hand' }, fromFile: [] },
    impression: { label: 'nv', recordedAt: day, beforeAnswer: true },
    passed: false,
  });
  expect(reopened.marks).toEqual(['starred']);
  expect(reopened.answers).toEqual({ analyses: [analysis], lesions: [] });
});

test('a file of before gives what its analysis tells: where it looked, what it was told, what was drawn', () => {
  const analysis = exampleAnalysis({
    modelMetadata: { used: { age: 45, region: 'nose' }, missing: ['sex'] },
    gate: { accepted: false, overruled: true, checks: [] },
  });
  const { photo, notes, marks } = reopenedFrom(saved({ analysis }), image);
  expect(photo).toMatchObject({
    square: analysis.square,
    mask: null,
    scale: null,
    lines: [],
    overruled: true,
  });
  expect(notes.metadata?.values).toEqual({ age: 45, region: 'nose', site: 'nose' });
  expect(marks).toEqual([]);
});

test('an outline that a segmenter found is not taken for one drawn by hand', () => {
  const segmenter = { packageId: 'unet', packageVersion: '1.0.0', packageHash: 'c'.repeat(64) };
  const analysis = exampleAnalysis({ lesion: { ...drawn, segmenter } });
  expect(reopenedFrom(saved({ analysis }), image).photo.mask).toBeNull();
});

test('what was said of the other lesions comes back, each with a square to reach it', () => {
  const flag = { flagged: true, probability: 0.6, threshold: 0.21 };
  const other = (left: number) => ({
    ...{ number: 2, of: 2, square: { left, top: 0, side: 100 }, noResult: false, flag },
    ...{ classes: ['mel'], listed: 'one' as const },
  });
  const segmenter = { packageId: 'unet', packageVersion: '1.0.0', packageHash: 'c'.repeat(64) };
  const lesions = [10, 300].map(exampleLesion);
  const analysis = exampleAnalysis({ lesion: { ...drawn, segmenter, lesions, chosen: 0 } });
  const { photo } = reopenedFrom(saved({ analysis, otherLesions: [other(300), other(450)] }), image);
  const packageId = analysis.provenance.packageId;
  expect(photo.lesionsSaid).toEqual([300, 450].map((left) => ({ packageId, lesion: other(left) })));
  // The first is among the lesions found, the second among none.
  expect(photo.squares).toEqual([other(450).square]);
  expect(reopenedFrom(saved({ analysis }), image).photo).toMatchObject({ lesionsSaid: [], squares: [] });
});

test('whose photo it is, of when, and the lesion that it was brought for come back', () => {
  const origin = { ...originOf('Kim J./2026-03-12/arm.jpg', 'l7'), fromFile: ['day' as const] };
  const notes = notesOf(openPhoto('arm.jpg', { origin }), createPatientContext().store.getState(), []);
  const { photo } = restoredPhoto(reopenedFrom(saved({ notes }), image));
  expect(photo.origin).toEqual(origin);
  expect(photo.origin).toMatchObject({ patient: 'Kim J.', day: '2026-03-12', lesionId: 'l7' });
});

test('a file without it, or one that left without names, says what the photo is called and no more', () => {
  expect(restoredPhoto(reopenedFrom(saved({}), image)).photo.origin).toEqual(originOf('arm.jpg'));
  const origin = withoutIdentity({ ...originOf('Kim J./K-17 arm.jpg'), side: 'left', fromFile: ['side'] });
  expect(origin).toMatchObject({ patient: null, side: null, site: 'arm' });
  const notes = notesOf(openPhoto('arm.jpg', { origin }), createPatientContext().store.getState(), []);
  const named = saved({ notes, photo: { ...saved({}).photo, name: 'K-17 arm.jpg' } });
  expect(restoredPhoto(reopenedFrom(named, image)).photo.origin).toMatchObject({ patient: 'K-17' });
});

test('a fact that a DICOM file said is still marked so, and so is the case as one that only a file says', () => {
  const context = createPatientContext();
  context.readFromFile('arm.jpg', { age: 61, sex: 'male', site: null });
  context.setMetadata(['arm.jpg'], { sex: 'female' });
  const names = { patient: 'K-17', lesion: 'Arm', side: 'left' as const };
  const photo = openPhoto('arm.jpg', { saved: { lesionId: 'l1', photoId: 'h1', ...names } });
  const notes = notesOf(photo, context.store.getState(), []);
  const reopened = reopenedFrom(saved({ notes, case: names }), image);
  expect(reopened.notes.metadata).toEqual({ values: { age: 61, sex: 'female' }, fromFile: ['age'] });
  expect(reopened.photo.saved).toEqual({ lesionId: 'l1', photoId: 'h1', ...names, fromFile: true });
});

test('a picture that our own code drew is still said to be one', () => {
  const drawing = openPhoto('sample.png', { synthetic: true, source: 'synthetic' });
  const notes = notesOf(drawing, createPatientContext().store.getState(), []);
  const drawnByUs = { synthetic: true, source: 'synthetic' };
  expect(reopenedFrom(saved({ notes }), image).photo).toMatchObject(drawnByUs);
  expect(reopenedFrom(saved({}), image).photo).toMatchObject({ synthetic: false, source: 'file' });
});

test('a place that the name said is still marked so', () => {
  const context = createPatientContext();
  context.readFromName('arm.jpg', 'arm');
  const notes = notesOf(openPhoto('arm.jpg'), context.store.getState(), []);
  expect(reopenedFrom(saved({ notes }), image).notes.metadata).toEqual({
    values: { site: 'arm' },
    fromFile: [],
    fromName: ['site'],
  });
});

test('an answer that was flagged at a sensitivity that was asked for is flagged when it is opened again', () => {
  const at = (threshold: number, wanted: number | null) =>
    exampleAnalysis({
      decision: { positive: ['mel'], probability: 0.1, threshold, above: 0.1 >= threshold, wanted },
    });
  const opened = (analysis: ReturnType<typeof at>, before: number | null | 'empty') => {
    const page = openWorkbench();
    if (before !== 'empty') {
      page.workbench.restore(
        [{ photo: openPhoto('leg.jpg'), file: image, answers: { analyses: [], lesions: [] } }],
        null,
      );
      page.workbench.setSensitivity(before);
    }
    const places = { ...page, triage: createTriage(page.workbench) };
    const photo = reopenedFrom(saved({ analysis }), image);
    takeReopened(places, [photo], { selectedId: null, packageId: null });
    return page.workbench.store.getState().sensitivity;
  };
  expect(opened(at(0.05, 0.98), 'empty')).toBe(0.98);
  expect(opened(at(0.05, 0.98), null)).toBe(0.98);
  expect(opened(at(0.05, 0.98), 0.8)).toBe(0.98);
  // What is in the queue already loses no flag either.
  expect(opened(at(0.5, 0.8), null)).toBe(null);
  expect(opened(at(0.21, null), 0.98)).toBe(0.98);
});
