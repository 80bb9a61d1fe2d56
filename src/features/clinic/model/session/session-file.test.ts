import { strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { success } from '../../../../core/failure';
import { exampleAnalysis } from '../../../../core/fixtures/analysis';
import { createPatientContext } from '../patient-context';
import { takeReopened } from '../reopened-photo';
import { openWorkbench } from '../testing/open-workbench';
import { createTriage } from '../triage';
import {
  readSessionFile,
  type SessionFilePhoto,
  type SessionManifest,
  writeSessionFile,
} from './session-file';
import { sessionPhotos } from './session-leaving';

const day = '2026-03-04T05:06:07.000Z';
const about = {
  appVersion: '0.2.0',
  savedAt: day,
  disclaimer: { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' },
  selected: 1,
  packageId: 'tiny-classifier',
} satisfies Partial<SessionManifest>;
const square = { left: 0, top: 0, side: 4 };
const mask = {
  of: square,
  raster: { width: 2, height: 2, data: Uint8Array.of(0, 1, 1, 0) },
  edits: [{ indices: Uint32Array.of(1, 2) }],
};
const line = { from: { x: 1, y: 2 }, to: { x: 3, y: 4.5 } };

/** A page of the clinic with two photos of which the second is worked on; `dicom`: the first is a DICOM file. */
async function worked(dicom = false) {
  const page = openWorkbench();
  const triage = createTriage(page.workbench);
  const [arm, leg = ''] = await page.add(dicom ? 'arm.dcm' : 'arm.jpg', 'leg.jpg');
  page.workbench.override(leg, { mask, scale: 0.1, square });
  page.workbench.setSquares(leg, [square]);
  page.workbench.setLines(leg, [line]);
  page.patientContext.setMetadata([leg], { age: 61 });
  page.patientContext.note(leg, { label: 'nv', recordedAt: day, beforeAnswer: true });
  triage.mark([leg], 'starred');
  const answer = exampleAnalysis({ modelMetadata: { used: { age: 54 }, missing: [] } });
  page.workbench.restore(
    [
      {
        photo: { ...photo(page, leg), id: 'answered' },
        file: new Blob(['answered']),
        answers: { analyses: [answer], lesions: [{ ...answer, square }] },
      },
    ],
    null,
  );
  await new Promise((resolve) => setTimeout(resolve));
  const photosOf = (withFileMetadata: boolean): SessionFilePhoto[] =>
    sessionPhotos(
      {
        workbench: page.workbench,
        context: page.patientContext.store.getState(),
        marks: triage.store.getState().marks,
        cardOf: () => undefined,
      },
      withFileMetadata,
    ).map((photo, index) => ({
      ...photo,
      picture: async () => success({ bytes: strToU8(`picture ${index}`), type: 'image/jpeg' }),
    }));
  return { ...page, triage, arm, leg, answer, photosOf };
}

const photo = ({ photoOf }: ReturnType<typeof openWorkbench>, id: string) => {
  const found = photoOf(id);
  if (!found) throw new Error(`no photo ${id}`);
  return found;
};

async function written(photos: readonly SessionFilePhoto[]): Promise<Blob> {
  const made = await writeSessionFile(about, photos);
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  return made.value;
}

async function read(file: Blob) {
  const contents = await readSessionFile(file);
  if (!contents.ok) throw new Error(JSON.stringify(contents.failure));
  return contents.value;
}

async function changed(file: Blob, path: string, content: string | null): Promise<Blob> {
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
  if (content === null) delete files[path];
  else files[path] = strToU8(content);
  return new Blob([new Uint8Array(zipSync(files))]);
}

test('a session goes out and comes into another queue as it was, with the answers of then', async () => {
  const here = await worked();
  const { photos, selectedId, skipped } = await read(await written(here.photosOf(false)));
  expect(skipped).toBe(0);
  expect(photos).toHaveLength(3);
  expect(photos.map(({ photo }) => photo.id)).not.toContain(here.leg);

  const there = openWorkbench();
  const [patientContext, triage] = [createPatientContext(), createTriage(there.workbench)];
  takeReopened({ ...there, patientContext, triage }, photos, { selectedId, packageId: null });
  const { photos: queue, selectedId: shown } = there.workbench.store.getState();
  expect(queue.map(({ name }) => name)).toEqual(['arm.jpg', 'leg.jpg', 'leg.jpg']);
  const leg = queue[1];
  expect(shown).toBe(leg?.id);
  expect(leg).toMatchObject({ square, squares: [square], scale: 0.1, lines: [line], runs: {} });
  // The pulls of the brush cannot be taken back there.
  expect(leg?.mask).toEqual({ ...mask, edits: [] });
  expect(patientContext.valuesOf(leg?.id ?? '')).toEqual({ age: 61, site: 'lower-leg' });
  expect(patientContext.store.getState().impressions[leg?.id ?? '']?.label).toBe('nv');
  expect(triage.store.getState().marks[leg?.id ?? '']).toEqual(['starred']);
  expect(queue[2]?.runs).toEqual({
    'tiny-classifier': { state: 'done', analysis: here.answer, reopened: true },
  });
  expect(queue[2]?.lesionRuns).toMatchObject([{ square, run: { state: 'done', reopened: true } }]);
});

test('an answer of then is not run again by itself; a photo without one is', async () => {
  const here = await worked();
  const { photos } = await read(await written(here.photosOf(false)));
  const there = openWorkbench();
  const triage = createTriage(there.workbench);
  takeReopened({ ...there, triage }, photos, { selectedId: null, packageId: null });
  there.workbench.choosePackage('tiny-classifier');
  await new Promise((resolve) => setTimeout(resolve));
  const [arm, , answered] = there.workbench.store.getState().photos;
  expect(arm?.runs['tiny-classifier']?.state).toBe('running');
  expect(answered?.runs['tiny-classifier']).toMatchObject({ state: 'done', reopened: true });
});

test('what a DICOM file said stays behind unless it is asked for', async () => {
  const here = await worked(true);
  const [without] = (await read(await written(here.photosOf(false)))).photos;
  expect(without?.photo.dicom).toBeNull();
  // What the file's name says leaves with the name.
  expect(without?.notes.metadata?.values).toEqual({ site: 'arm' });
  const [withIt] = (await read(await written(here.photosOf(true)))).photos;
  expect(withIt?.photo.dicom?.age).toBe(54);
  expect(withIt?.notes.metadata).toMatchObject({
    values: { age: 54, sex: 'female', site: 'arm' },
    fromFile: ['age', 'sex'],
  });
});

test('a damaged photo costs no other, and is counted', async () => {
  const file = await written((await worked()).photosOf(false));
  for (const [path, content] of [
    ['photos/1.json', '{"name": 3}'],
    ['photos/1.json', null],
    ['images/1', 'another picture'],
    ['images/1', null],
  ] as const) {
    const { photos, skipped } = await read(await changed(file, path, content));
    expect([photos.length, skipped]).toEqual([2, 1]);
  }
});

test('what is no session of ours is refused with the reason', async () => {
  const file = await written([]);
  const refused = async (content: string | null) =>
    readSessionFile(await changed(file, 'lentigo.json', content)).then(
      (result) => !result.ok && result.failure.code,
    );
  expect(await refused(null)).toBe('archive-unreadable');
  expect(await refused('{"format": "lentigo-cases", "schema": 1}')).toBe('archive-unreadable');
  expect(await refused('{"format": "lentigo-session", "schema": 2}')).toBe('archive-newer');
  expect(await readSessionFile(new Blob(['no zip']))).toMatchObject({
    failure: { code: 'archive-unreadable' },
  });
});

test('whose photos they are stays behind unless it is asked for', async () => {
  const page = openWorkbench();
  const [id] = page.workbench.add([
    { file: new Blob(['picture']), name: 'IMG_1.jpg', folder: 'Kim J./2026-03-12', source: 'file' },
  ]);
  await new Promise((resolve) => setTimeout(resolve));
  const saved = { lesionId: 'l1', photoId: 'h1', patient: 'K-17', lesion: 'Back', side: null };
  page.workbench.setSaved([id ?? ''], saved);
  const leaving = async (withNames: boolean) => {
    const context = page.patientContext.store.getState();
    const photos = sessionPhotos(
      { workbench: page.workbench, context, marks: {}, cardOf: () => undefined },
      withNames,
    ).map((photo) => ({
      ...photo,
      picture: async () => success({ bytes: strToU8('x'), type: 'image/png' }),
    }));
    return (await read(await written(photos))).photos[0]?.photo;
  };
  // It may be opened where there is no such case.
  const said = { ...saved, fromFile: true };
  expect(await leaving(true)).toMatchObject({
    saved: said,
    origin: { patient: 'Kim J.', day: '2026-03-12' },
  });
  expect(await leaving(false)).toMatchObject({ saved: null, origin: { patient: null, day: null } });
});
