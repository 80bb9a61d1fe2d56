import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { exampleCard } from '../../../core/fixtures/analysis';
import { createPatientContext } from './patient-context';
import { doneRun, openPhoto } from './testing/triage-rows';
import { createTriage } from './triage';
import { createTriageView, firstPassing } from './triage-view';
import type { WorkbenchPhoto } from './workbench-photo';
import type { WorkbenchState } from './workbench-state';

const cards = [{ ...exampleCard, id: 'nets' }];

/** The queue of these photos, of which the first is looked at. */
function triageOf(photos: WorkbenchPhoto[]) {
  const store = createStore<WorkbenchState>(() => ({
    photos,
    selectedId: photos[0]?.id ?? null,
    packageId: 'nets',
    previousPackageId: null,
    compareWithIds: [],
    sensitivity: null,
  }));
  const triage = createTriage({ store, select: (selectedId) => store.setState({ selectedId }) });
  const patientContext = createPatientContext();
  const sources = () => ({
    workbench: store.getState(),
    patientContext: patientContext.store.getState(),
    triage: triage.store.getState(),
    cards,
  });
  const viewOf = createTriageView();
  const view = () => viewOf(sources());
  const ids = () => view().rows.map(({ photo }) => photo.id);
  return { triage, store, patientContext, view, ids };
}

const answered = (name: string, probability: number) =>
  openPhoto(name, { runs: { nets: doneRun(probability) } });

test('a count filters, and the first photo that passes is shown', () => {
  const { triage, view, ids } = triageOf([answered('a', 0.1), answered('b', 0.5), answered('c', 0.9)]);
  expect(view().counts.flagged).toBe(2);
  triage.toggleFilter('flagged');
  expect(firstPassing(view(), ['flagged'], 'a')).toBe('b');
  expect(firstPassing(view(), ['flagged'], 'c')).toBeNull();
  expect(firstPassing(view(), ['flagged', 'starred'], 'a')).toBeNull();
  triage.setOrder('risk');
  // What is looked at stays until another photo is.
  expect(ids()).toEqual(['c', 'b', 'a']);
  triage.toggleFilter('flagged');
  expect(triage.store.getState().filters).toEqual([]);
});

test('a key marks the photo or all that are picked, and takes the mark off again', () => {
  const { triage, view, ids } = triageOf([openPhoto('a'), openPhoto('b'), openPhoto('c')]);
  triage.mark(view().picked, 'reviewed');
  expect(triage.store.getState().marks).toEqual({ a: ['reviewed'] });
  triage.pick('c', 'range', ids());
  expect(view().picked).toEqual(['a', 'b', 'c']);
  triage.mark(view().picked, 'reviewed');
  expect(view().counts.notReviewed).toBe(0);
  triage.mark(view().picked, 'reviewed');
  expect(view().counts.notReviewed).toBe(3);
});

test('picking by Ctrl begins with the photo that is looked at, which stays the one looked at', () => {
  const { triage, store, view, ids } = triageOf([openPhoto('a'), openPhoto('b'), openPhoto('c')]);
  triage.pick('c', 'toggle', ids());
  expect(view().picked).toEqual(['a', 'c']);
  expect(store.getState().selectedId).toBe('a');
  triage.pick('b', 'only', ids());
  expect(view().picked).toEqual(['b']);
  triage.pickAll(ids());
  expect(view().picked).toEqual(['a', 'b', 'c']);
});

test('by presses alone several are picked, none unasked, and a look at another photo loses none', () => {
  const { triage, store, view, ids } = triageOf([openPhoto('a'), openPhoto('b'), openPhoto('c')]);
  triage.startPicking();
  const picked = () => triage.store.getState().picks.ids;
  triage.pick('b', 'toggle', ids());
  expect(picked()).toEqual(['b']);
  // What a command is for is what is picked, not what is looked at.
  expect(view().picked).toEqual(['b']);
  triage.pick('c', 'only', ids());
  expect(store.getState().selectedId).toBe('c');
  triage.pick('a', 'toggle', ids());
  triage.pick('b', 'toggle', ids());
  expect(picked()).toEqual(['a']);
  triage.pickAll(ids());
  expect(view().picked).toEqual(['a', 'b', 'c']);
  triage.clearPicks();
  expect(triage.store.getState().picking).toBe(false);
  expect(view().picked).toEqual(['c']);
});

test('an answer that waits for an own impression is in no count and moves nothing', () => {
  const { triage, patientContext, view, ids } = triageOf([answered('a', 0.1), answered('b', 0.9)]);
  patientContext.setImpressionFirst(true);
  triage.setOrder('risk');
  expect(view().counts).toMatchObject({ flagged: 0, noResult: 0, differs: 0 });
  expect(ids()).toEqual(['a', 'b']);
  patientContext.pass('b');
  expect(ids()).toEqual(['b', 'a']);
});

test('a step of one photo among 1,200 makes one new row', () => {
  const photos = Array.from({ length: 1200 }, (_, index) => answered(`${index}`, (index % 100) / 100));
  const { triage, store, view } = triageOf(photos);
  triage.setOrder('risk');
  const before = new Set(view().rows);
  store.setState({ photos: photos.with(600, { ...photos[600], scale: 0.1 } as WorkbenchPhoto) });
  expect(
    view()
      .rows.filter((row) => !before.has(row))
      .map(({ photo }) => photo.id),
  ).toEqual(['600']);
  // The same sources give the same view: a screen that is drawn again for another reason draws no row.
  expect(view()).toBe(view());
});

test('sorted by patient, a photo that was saved is of the patient of its case', () => {
  const saved = { lesionId: 'l1', photoId: 'h1', patient: 'A-1', lesion: null, side: null };
  const { triage, ids } = triageOf([
    openPhoto('B-2 a.jpg'),
    openPhoto('IMG_2.jpg'),
    openPhoto('IMG_3.jpg', { saved }),
  ]);
  triage.setOrder('patient');
  expect(ids()).toEqual(['IMG_3.jpg', 'B-2 a.jpg', 'IMG_2.jpg']);
});
