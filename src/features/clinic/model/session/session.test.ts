import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, expect, test, vi } from 'vitest';
import { day, later, visit } from '../testing/session-visit';
import { sessionPeriodMs } from './session';
import { sessionDatabaseName } from './session-archive';

afterEach(() => deleteDB(sessionDatabaseName));

const mask = {
  of: { left: 0, top: 0, side: 4 },
  raster: { width: 2, height: 2, data: Uint8Array.of(0, 1, 1, 0) },
  edits: [{ indices: Uint32Array.of(1, 2) }],
};

test('queue, corrections and facts are offered at the next visit, and come back as they were', async () => {
  const first = await visit();
  const [arm, leg] = await first.add('arm.jpg', 'leg.jpg', 'back.jpg');
  first.workbench.override(leg as string, { mask, scale: 0.1 });
  first.workbench.setSquares(leg as string, [mask.of]);
  first.patientContext.setMetadata([arm], { age: 61, sex: 'female' });
  first.patientContext.setImpressionFirst(true);
  first.patientContext.note(arm, { label: 'nv', recordedAt: day, beforeAnswer: true });
  first.patientContext.pass(leg as string);
  first.workbench.select(leg as string);
  first.workbench.setSensitivity(0.98);
  await first.kept(3);

  const next = await visit({ now: () => later(60_000) });
  const endsAt = later(sessionPeriodMs).toISOString();
  expect(next.offer()).toMatchObject({ photos: 3, savedAt: day, endsAt });
  expect(next.photos()).toEqual([]);
  expect(await next.session.resume()).toBeNull();

  expect(next.offer()).toBeNull();
  expect(next.photos().map(({ name }) => name)).toEqual(['arm.jpg', 'leg.jpg', 'back.jpg']);
  expect(next.workbench.store.getState()).toMatchObject({ selectedId: leg, sensitivity: 0.98 });
  expect(next.photoOf(leg as string)).toMatchObject({ mask, scale: 0.1, squares: [mask.of] });
  const { impressions, impressionFirst, passed } = next.patientContext.store.getState();
  expect(next.patientContext.valuesOf(arm)).toEqual({ age: 61, sex: 'female', site: 'arm' });
  expect(impressions[arm]?.label).toBe('nv');
  expect({ impressionFirst, passed }).toEqual({ impressionFirst: true, passed: [leg] });
  await vi.waitFor(async () => expect(await next.workbench.imageOf(arm)?.text()).toBe('arm.jpg'));
  // Kept on, for the visit after this one.
  next.patientContext.setMetadata([arm], { age: 62 });
  await next.kept(3);
  const third = await visit();
  await vi.waitFor(() => expect(third.offer()?.photos).toBe(3));
});

test('what was not answered yet runs with the correction and the facts', async () => {
  const first = await visit();
  await first.list([]);
  const [arm] = await first.add('arm.jpg');
  first.workbench.override(arm, { mask });
  first.patientContext.setMetadata([arm], { age: 61 });
  first.workbench.choosePackage('nets');
  await first.kept(1);
  const next = await visit();
  await next.session.resume();
  await vi.waitFor(() => expect(next.loads).toHaveLength(1));
  await next.load();
  await vi.waitFor(() => expect(next.analyses).toHaveLength(1));
  expect(next.analyses[0]?.request).toMatchObject({ mask: mask.raster, metadata: { age: 61 } });
});

test('of a DICOM file only its picture and its facts are kept, and a fact taken out stays out', async () => {
  const first = await visit();
  const [scan] = await first.add('scan.dcm');
  await vi.waitFor(() => expect(first.photoOf(scan)?.url).not.toBeNull());
  first.patientContext.setMetadata([scan], { age: null });
  await first.kept(1);
  await vi.waitFor(async () => {
    const database = await openDB(sessionDatabaseName);
    const file: Blob = await database.get('files', scan);
    database.close();
    expect(await file.text()).toBe('picture');
  });
  const next = await visit();
  await next.session.resume();
  await vi.waitFor(() => expect(next.photoOf(scan)?.url).not.toBeNull());
  expect(next.photoOf(scan)).toMatchObject({ source: 'dicom', scale: 0.05, dicom: { age: 54 } });
  expect(next.patientContext.valuesOf(scan)).toEqual({ sex: 'female' });
});

test('whose photo it is, of when, and the case that it was saved to outlive the page', async () => {
  const first = await visit();
  const file = new Blob(['IMG_1.jpg']);
  const [id = ''] = first.workbench.add([
    { file, name: 'IMG_1.jpg', folder: 'K-17/2026-03-12/back', source: 'file', lesionId: 'l1' },
  ]);
  const saved = { lesionId: 'l1', photoId: 'h1', patient: 'K-17', lesion: 'Back', side: null };
  first.workbench.setSaved([id], saved);
  await first.kept(1);
  const next = await visit();
  expect(await next.session.resume()).toBeNull();
  const origin = { patient: 'K-17', day: '2026-03-12', site: 'back', lesionId: 'l1' };
  expect(next.photos()[0]).toMatchObject({ saved, origin });
  const noted = next.patientContext.store.getState().metadata[id];
  expect(noted).toEqual({ values: { site: 'back' }, fromFile: [], fromName: ['site'] });
});

test('a photo of a session of before, which kept nothing of that, says what its name does', async () => {
  const first = await visit();
  await first.add('K-17 back.jpg');
  await first.kept(1);
  const database = await openDB(sessionDatabaseName);
  const [record] = await database.getAll('photos');
  const { origin: _origin, saved: _saved, ...before } = record.photo;
  await database.put('photos', { ...record, photo: before });
  database.close();
  const next = await visit();
  expect(await next.session.resume()).toBeNull();
  expect(next.photos()[0]).toMatchObject({ saved: null, origin: { patient: 'K-17', site: 'back' } });
});

test('marks outlive the page too, and the last of them', async () => {
  const first = await visit();
  const [one, two = ''] = await first.add('IMG_1.jpg', 'IMG_2.jpg');
  await first.kept(2);
  first.triage.mark([one], 'starred');
  first.triage.mark([one], 'reviewed');
  first.triage.mark([two], 'setAside');
  await vi.waitFor(async () => {
    const database = await openDB(sessionDatabaseName);
    const photos = await database.getAll('photos');
    database.close();
    expect(photos.map(({ photo }) => photo.marks)).toEqual(
      expect.arrayContaining([['starred', 'reviewed'], ['setAside']]),
    );
  });
  const next = await visit();
  expect(await next.session.resume()).toBeNull();
  expect(next.triage.store.getState().marks).toEqual({ [one]: ['starred', 'reviewed'], [two]: ['setAside'] });
});

test('a session that is taken up as it was is not written again', async () => {
  const first = await visit();
  first.workbench.add([{ file: new Blob(['a']), name: 'IMG_1.jpg', folder: 'K-17/back', source: 'file' }]);
  await first.kept(1);
  const next = await visit();
  const put = vi.spyOn(next.archive, 'putPhoto');
  expect(await next.session.resume()).toBeNull();
  await next.kept(1);
  expect(put).not.toHaveBeenCalled();
});

test.each([
  [0.98, null, 0.98],
  [0.8, null, null],
  [null, 0.98, 0.98],
])(
  'a session of sensitivity %s, taken up beside photos at %s, takes away no flag of either',
  async (earlier, now, stands) => {
    const first = await visit();
    await first.add('arm.jpg');
    first.workbench.setSensitivity(earlier);
    await first.kept(1);
    const next = await visit({ now: () => later(60_000) });
    await next.add('leg.jpg');
    next.workbench.setSensitivity(now);
    await next.session.resume();
    expect(next.workbench.store.getState().sensitivity).toBe(stands);
    // Nothing is left to write when the next one begins.
    await next.kept(2);
  },
);
