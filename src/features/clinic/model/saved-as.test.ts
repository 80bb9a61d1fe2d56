import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Cases, CasesState } from '../../../records/cases';
import { everyKind, lesion, photo } from '../../../records/fixtures/records';
import { start } from '../../../records/fixtures/stored-cases';
import { followRecords, isNamed, savedAs } from './saved-as';
import { openWorkbench } from './testing/open-workbench';
import { openPhoto } from './testing/triage-rows';

let cases: Cases;
afterEach(() => cases.forgetEverything());

async function filled(): Promise<Cases> {
  const written = start();
  const put = await written.put(everyKind());
  if (!put.ok) throw new Error(put.failure.code);
  await written.load();
  return written;
}

/** A page whose photos follow these cases. */
function following(followed: Cases) {
  cases = followed;
  const page = openWorkbench();
  followRecords(page.workbench, cases);
  return page;
}

/** A photo of the queue that was saved to the second lesion of these records. */
async function saved() {
  const page = following(await filled());
  const [photoId] = await page.add('IMG_1.jpg');
  page.workbench.setSaved([photoId], savedAs('l2', 'h2', cases.store.getState().records));
  return { ...page, now: () => page.photoOf(photoId)?.saved, photoId };
}

const ids = { lesionId: 'l2', photoId: 'h2' };
const names = { patient: 'Alias p1', lesion: 'Label l2', side: 'left' as const };
const noNames = { patient: null, lesion: null, side: null };

test('a photo is saved as what its patient and lesion are called, also after they were renamed', async () => {
  const { now } = await saved();
  expect(now()).toEqual({ ...ids, ...names });
  await cases.edit('patients', 'p1', () => ({ alias: 'K-17' }));
  await cases.edit('lesions', 'l2', () => ({ label: 'Cheek', side: 'right' as const }));
  expect(now()).toEqual({ ...ids, patient: 'K-17', lesion: 'Cheek', side: 'right' });
});

test.each([
  ['lesion', 'lesions', 'l2'],
  ['photo alone', 'photos', 'h2'],
  ['patient', 'patients', 'p1'],
] as const)('a deleted %s is not claimed any longer, and is again after an undo', async (_, kind, id) => {
  const { now } = await saved();
  const deleted = await cases.remove(kind, [id]);
  expect(now()).toEqual({ ...ids, ...noNames });
  expect(isNamed(now() ?? null)).toBe(false);
  if (deleted.ok) await cases.undo(deleted.value);
  expect(now()).toEqual({ ...ids, ...names });
  expect(isNamed(now() ?? null)).toBe(true);
});

test('a photo that is deleted beside another one of its lesion is not claimed', async () => {
  const { now } = await saved();
  await cases.put({ photos: [photo('h9', ['l2'])] });
  await cases.remove('photos', ['h2']);
  expect(now()).toEqual({ ...ids, ...noNames });
});

test('a database that is taken away and comes back with its lesion costs no photo its case', () => {
  const { workbench, photoOf } = openWorkbench();
  const { patients, lesions, photos } = everyKind();
  const records = { patients, lesions, photos, entries: [] };
  const store = createStore(() => ({ state: 'ready', records }) as unknown as CasesState);
  followRecords(workbench, { store, load: cases.load });
  const [photoId = ''] = workbench.add([{ file: new Blob(['a']), name: 'a.jpg', source: 'file' }]);
  workbench.setSaved([photoId], savedAs('l2', 'h2', records));
  store.setState({ state: 'absent', records: { patients: [], lesions: [], photos: [], entries: [] } });
  expect(photoOf(photoId)?.saved).toEqual({ ...ids, ...noNames });
  // Of what is still being read not all is there.
  store.setState({ state: 'loading' });
  store.setState({ state: 'ready', records });
  expect(photoOf(photoId)?.saved).toEqual({ ...ids, ...names });
});

/** A photo of an earlier visit, or out of a file, on a page whose records nobody has asked for yet. */
function cameBack(said: ReturnType<typeof savedAs>) {
  const page = following(start());
  page.workbench.restore(
    [{ photo: { ...openPhoto('a.jpg'), saved: said }, file: new Blob(['a.jpg']) }],
    'a.jpg',
  );
  return { ...page, now: () => page.photoOf('a.jpg')?.saved };
}

test('after a reload the names are those of today, and those of a case that was deleted meanwhile are gone', async () => {
  const before = await filled();
  await before.edit('patients', 'p1', () => ({ alias: 'K-17' }));
  const renamed = cameBack({ ...ids, ...names });
  await vi.waitFor(() => expect(renamed.now()).toEqual({ ...ids, ...names, patient: 'K-17' }));
  await before.remove('lesions', ['l2']);
  const deleted = cameBack({ ...ids, ...names });
  await vi.waitFor(() => expect(deleted.now()).toEqual({ ...ids, ...noNames }));
});

test('records are read for a photo with a case, and for no other', async () => {
  const page = following(start());
  await page.add('a.jpg');
  expect(cases.store.getState().state).toBe('absent');
});

test('out of a file of this machine a photo is in its case again; of another machine, in none', async () => {
  const file = { ...names, fromFile: true as const };
  const before = await filled();
  const own = cameBack({ ...ids, ...file });
  await vi.waitFor(() => expect(own.now()).toEqual({ ...ids, ...names }));
  const elsewhere = { lesionId: 'elsewhere', photoId: 'other', ...file };
  const other = cameBack(elsewhere);
  await vi.waitFor(() => expect(cases.store.getState().state).toBe('ready'));
  await before.put({ lesions: [lesion('l9')] });
  expect(other.now()).toEqual(elsewhere);
  // It names the lesion, and no photo of it.
  const unsure = { lesionId: 'l2', photoId: null, ...file };
  const lesionOnly = cameBack(unsure);
  await vi.waitFor(() => expect(cases.store.getState().state).toBe('ready'));
  expect(lesionOnly.now()).toEqual(unsure);
});

test('nothing is said of a lesion that is not there; one of nobody without a label has no names', async () => {
  await saved();
  const { records } = cases.store.getState();
  expect(savedAs('gone', 'h1', records)).toBeNull();
  const blank = { ...records, lesions: [lesion('l4', { label: ' ' })] };
  expect(savedAs('l4', 'h1', blank)).toEqual({ lesionId: 'l4', photoId: 'h1', ...noNames });
});
