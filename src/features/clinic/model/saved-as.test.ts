import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import type { Cases } from '../../../records/cases';
import { everyKind, lesion } from '../../../records/fixtures/records';
import { start } from '../../../records/fixtures/stored-cases';
import { followRecords, savedAs } from './saved-as';
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

test('what is deleted is not said any longer', async () => {
  const { now } = await saved();
  await cases.remove('lesions', ['l2']);
  expect(now()).toBeNull();
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
