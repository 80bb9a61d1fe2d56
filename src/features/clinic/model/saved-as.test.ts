import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Cases, CasesState } from '../../../records/cases';
import { everyKind, lesion } from '../../../records/fixtures/records';
import { start } from '../../../records/fixtures/stored-cases';
import { followRecords, isNamed, savedAs } from './saved-as';
import { openWorkbench } from './testing/open-workbench';

let cases: Cases;
afterEach(() => cases.forgetEverything());

/** A photo of the queue that was saved to the second lesion of these records. */
async function saved() {
  cases = start();
  const written = await cases.put(everyKind());
  if (!written.ok) throw new Error(written.failure.code);
  await cases.load();
  const page = openWorkbench();
  followRecords(page.workbench, cases);
  const [photoId] = await page.add('IMG_1.jpg');
  page.workbench.setSaved([photoId], savedAs('l2', cases.store.getState().records));
  return { ...page, now: () => page.photoOf(photoId)?.saved, photoId };
}

test('a photo is saved as what its patient and lesion are called, also after they were renamed', async () => {
  const { now } = await saved();
  expect(now()).toEqual({ lesionId: 'l2', patient: 'Alias p1', lesion: 'Label l2', side: 'left' });
  await cases.edit('patients', 'p1', () => ({ alias: 'K-17' }));
  await cases.edit('lesions', 'l2', () => ({ label: 'Cheek', side: 'right' as const }));
  expect(now()).toEqual({ lesionId: 'l2', patient: 'K-17', lesion: 'Cheek', side: 'right' });
});

const names = { patient: 'Alias p1', lesion: 'Label l2', side: 'left' };
const noNames = { patient: null, lesion: null, side: null };

test('what is deleted is not said any longer, and is again after an undo', async () => {
  const { now } = await saved();
  const deleted = await cases.remove('lesions', ['l2']);
  expect(now()).toEqual({ lesionId: 'l2', ...noNames });
  expect(isNamed(now() ?? null)).toBe(false);
  if (deleted.ok) await cases.undo(deleted.value);
  expect(now()).toEqual({ lesionId: 'l2', ...names });
  expect(isNamed(now() ?? null)).toBe(true);
});

test('a database that is taken away and comes back with its lesion costs no photo its case', async () => {
  cases = start();
  const { workbench, photoOf } = openWorkbench();
  const { patients, lesions } = everyKind();
  const records = { patients, lesions, photos: [], entries: [] };
  const store = createStore(() => ({ records }) as unknown as CasesState);
  followRecords(workbench, { store });
  const [photoId = ''] = workbench.add([{ file: new Blob(['a']), name: 'a.jpg', source: 'file' }]);
  workbench.setSaved([photoId], savedAs('l2', records));
  store.setState({ records: { patients: [], lesions: [], photos: [], entries: [] } });
  expect(photoOf(photoId)?.saved).toEqual({ lesionId: 'l2', ...noNames });
  store.setState({ records });
  expect(photoOf(photoId)?.saved).toEqual({ lesionId: 'l2', ...names });
});

test('a name out of a file of another machine stays, whatever the records here hold', async () => {
  const { workbench, photoId, now } = await saved();
  const elsewhere = { lesionId: 'elsewhere', patient: 'M-3', lesion: 'Back', side: null };
  workbench.setSaved([photoId], elsewhere);
  await cases.put({ lesions: [lesion('l9')] });
  expect(now()).toEqual(elsewhere);
});

test('nothing is said of a lesion that is not there; one of nobody without a label has no names', async () => {
  await saved();
  const { records } = cases.store.getState();
  expect(savedAs('gone', records)).toBeNull();
  const blank = { ...records, lesions: [lesion('l4', { label: ' ' })] };
  expect(savedAs('l4', blank)).toEqual({ lesionId: 'l4', patient: null, lesion: null, side: null });
});
