import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Cases } from '../../../records/cases';
import { openCases } from '../../../records/database';
import { createCases } from '../../../records/store';
import { savedSpots, saveSpot } from './saved-spots';
import type { SelfCheckPhoto } from './self-check';

let cases: Cases;
beforeEach(async () => {
  vi.stubGlobal('createImageBitmap', async () => ({ width: 640, height: 480, close: () => {} }));
  cases = createCases({ open: (onClosed) => openCases({ onClosed }), channel: () => null });
  await cases.load();
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await cases.forgetEverything();
});

const save = (lesionId: string | null, bytes = 'picture') =>
  saveSpot(cases, {
    image: new Blob([bytes], { type: 'image/jpeg' }),
    photo: { name: 'arm.jpg', source: 'camera' } as SelfCheckPhoto,
    lesionId,
    label: 'Left arm',
    site: 'upper-extremity',
    now: new Date('2026-03-04T05:06:07.000Z'),
  });
const spots = () => savedSpots(cases.store.getState().records);

test('a new spot and its photo are kept together, and a second photo joins them', async () => {
  expect(await save(null)).toMatchObject({ ok: true });
  const [spot] = spots();
  expect(spot?.lesion).toMatchObject({ label: 'Left arm', site: 'upper-extremity', tags: ['self-check'] });
  expect(await save(spot?.lesion.id ?? '', 'another')).toMatchObject({ ok: true });
  expect(spots().map(({ photos }) => photos.length)).toEqual([2]);
});

test('where the photo cannot be stored there is no spot either', async () => {
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore) {
    throw new DOMException(`no room for ${this.name}`, 'QuotaExceededError');
  });
  expect(await save(null)).toMatchObject({ ok: false, failure: { code: 'storage-full' } });
  put.mockRestore();
  expect(spots()).toEqual([]);
});

test('a photo of a spot that was deleted meanwhile is not kept, and that is said', async () => {
  await save(null);
  const id = spots()[0]?.lesion.id ?? '';
  await cases.remove('lesions', [id]);
  expect(await save(id, 'another')).toMatchObject({ ok: false, failure: { code: 'record-gone' } });
});
