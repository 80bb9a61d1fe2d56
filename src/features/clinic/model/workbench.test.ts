import { expect, test } from 'vitest';
import { settled } from '../../../engine/testing/settled';
import { answer, dicom, identity, loaded, openWorkbench } from './testing/open-workbench';

test('loads the package, shows how far it is, and keeps the answer with the photo', async () => {
  const { workbench, runtime, loads, run, add, load, finish } = openWorkbench();
  workbench.choosePackage('nets');
  const [id] = await add('a');
  loads[0]?.options.onProgress?.({ stage: 'download', fraction: 0.5, bytes: { done: 1, total: 2 } });
  expect(run(id)).toMatchObject({ state: 'running', progress: { stage: 'download', fraction: 0.5 } });
  await load();
  expect(runtime.store.getState().packages.nets).toEqual({ state: 'loaded', loaded });
  await finish(0);
  expect(run(id)).toEqual({ state: 'done', analysis: answer });
});

test('runs many photos by itself: the selected one before all others, which wait in the background', async () => {
  const { workbench, loads, analyses, run, add, load, finish } = openWorkbench();
  const ids = await add('a', 'b', 'c');
  expect(workbench.store.getState().selectedId).toBe(ids[0]);
  workbench.choosePackage('nets');
  await settled();
  await load();
  expect(analyses.map(({ request }) => request.background)).toEqual([false, true, true]);
  await finish(0);
  expect(ids.map((id) => run(id)?.state)).toEqual(['done', 'running', 'running']);
  expect(loads).toHaveLength(1);
});

test('brings a photo that waits in the queue to the front when it is selected, and starts it once', async () => {
  const { workbench, analyses, run, add, load } = openWorkbench();
  workbench.choosePackage('nets');
  const [, , third = ''] = await add('a', 'b', 'c');
  await load();
  workbench.select(third);
  await settled();
  await load();
  expect(analyses).toHaveLength(4);
  expect(analyses[2]?.options.signal?.aborted).toBe(true);
  expect(analyses[3]?.request.background).toBe(false);
  expect(run(third)?.state).toBe('running');
  workbench.select(third);
  await settled();
  expect(analyses).toHaveLength(4);
});

test('lets a file that cannot be opened fail alone', async () => {
  const { workbench, photoOf, run, add, load, finish } = openWorkbench();
  workbench.choosePackage('nets');
  const [good, bad = ''] = await add('a', 'bad');
  await load();
  await finish(0);
  expect(run(good)?.state).toBe('done');
  expect(photoOf(bad)).toMatchObject({ url: null, unopened: { code: 'dicom-unsupported' }, runs: {} });
});

test('takes the picture, the scale and the facts out of a DICOM file', async () => {
  const { workbench, patientContext, photoOf, add } = openWorkbench();
  const [id] = await add('IM1.dcm');
  expect(photoOf(id)).toMatchObject({ source: 'dicom', scale: 0.05, dicom });
  expect(patientContext.valuesOf(id)).toEqual({ age: 54, sex: 'female' });
  expect(await workbench.imageOf(id)?.text()).toBe('picture');
});

test('whose photo a DICOM file says it is goes before what its name says, and is marked so', async () => {
  const { photoOf, add } = openWorkbench();
  const [id, plain = ''] = await add('K-17 right hand 2026-03-12 named.dcm', 'K-17 right hand.dcm');
  expect(photoOf(id)?.origin).toMatchObject({
    ...identity,
    site: 'hand',
    fromFile: ['patient', 'day', 'side'],
  });
  expect(photoOf(plain)?.origin).toMatchObject({ patient: 'K-17', side: 'right' });
  expect(photoOf(plain)?.origin.fromFile).toBeUndefined();
});

test('runs again as the photo is to be looked at, and shows the old answer meanwhile', async () => {
  const { workbench, analyses, run, add, load, finish } = openWorkbench();
  workbench.choosePackage('nets');
  const [id] = await add('a');
  await load();
  await finish(0);
  const square = { left: 1, top: 2, side: 3 };
  const raster = { width: 1, height: 1, data: new Uint8Array([1]) };
  workbench.override(id, { square, mask: { of: square, raster, edits: [] }, scale: 0.1 });
  await settled();
  await load();
  expect(run(id)).toMatchObject({ state: 'running', previous: answer });
  expect(analyses[1]?.request).toMatchObject({ square, mask: raster, scale: 0.1, overruleGate: false });
  await finish(1);
  workbench.override(id, { overruled: true });
  await settled();
  await load();
  expect(analyses[2]?.request).toMatchObject({ square, overruleGate: true });
});
