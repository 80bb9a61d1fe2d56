import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Failure, failure, success } from '../../../core/failure';
import { exampleCard, exampleOutline } from '../../../core/fixtures/analysis';
import type { AnalyseRequest } from '../../../engine/engine';
import type { OpenPhoto } from '../../../engine/input/opener';
import { textOf } from '../../../engine/testing/text-of';
import { archiveName, createArchive } from './archive';
import type { Folder } from './folder';
import type { Evaluation } from './state';
import { folder, id, labels, melanomaWith, startEvaluation, wholeFolder } from './testing/evaluation';

let requests: { text: string; request: AnalyseRequest }[];
let trouble: Failure | null;
let onAsked: (count: number) => void;
let opens: OpenPhoto | undefined;

const start = (): Evaluation =>
  startEvaluation({
    ...(opens ? { open: opens } : {}),
    analyse: async (text, request) => {
      if (trouble) return { ok: false, failure: trouble };
      requests.push({ text, request });
      onAsked(requests.length);
      if (text === 'x') return failure('file-unsupported');
      return success(melanomaWith(text === 'm' ? 0.9 : 0.2));
    },
  });

const settled = (evaluation: Evaluation) =>
  vi.waitFor(() => expect(evaluation.store.getState().activity).toBe('idle'));

beforeEach(() => {
  requests = [];
  trouble = null;
  opens = undefined;
  onAsked = () => {};
});
afterEach(async () => {
  await deleteDB(archiveName);
});

test('a folder with labels.csv, from set-up to figures', async () => {
  const evaluation = start();
  evaluation.draft({ packageIds: [id] });
  await evaluation.chooseFolder(wholeFolder({ 'photo3.jpg': 'x' }));
  expect(evaluation.store.getState().draft).toMatchObject({ source: 'table', table: { name: 'labels.csv' } });
  await evaluation.start([exampleCard]);
  const { run, measured, failed, answers } = evaluation.store.getState();
  expect(run).toMatchObject({ name: 'archive', state: 'done', done: 8 });
  expect(run?.provenance[id]?.packageHash).toBe('a'.repeat(64));
  expect(failed).toBe(1);
  expect(answers.get('photo3.jpg')?.answers[id]).toMatchObject({
    ok: false,
    failure: { code: 'file-unsupported' },
  });
  expect(measured?.models[0]).toMatchObject({
    failed: 1,
    figures: { count: 7, metrics: { accuracy: { value: 1 } } },
  });
  // Behind the user, as a card was measured, no time lost on outlines.
  expect(requests[0]?.request).toMatchObject({
    background: true,
    square: 'centre',
    overruleGate: true,
    segmenterId: null,
  });
});

test('skin tone is measured without true outlines where it is asked for, and parts the figures', async () => {
  const side = 96;
  // Half of the photos show light skin, half dark.
  const pixels = (tone: number[]) => {
    const data = Uint8ClampedArray.from({ length: 4 * side * side }, (_, at) => tone[at % 4] as number);
    return { width: side, height: side, channels: 4 as const, data };
  };
  const asked: AnalyseRequest[] = [];
  const evaluation = startEvaluation({
    readSkin: async (photo) =>
      pixels((await textOf(photo)) === 'm' ? [90, 60, 45, 255] : [235, 205, 190, 255]),
    analyse: async (text, request) => {
      asked.push(request);
      return success({ ...melanomaWith(text === 'm' ? 0.9 : 0.2), lesion: exampleOutline(null) });
    },
  });
  evaluation.draft({ packageIds: [id], skinTone: true });
  await evaluation.chooseFolder(wholeFolder());
  const segmenter = { ...exampleCard, id: 'outlines', task: 'segmentation' as const, classes: [] };
  await evaluation.start([exampleCard, segmenter]);
  const { run, measured } = evaluation.store.getState();
  expect(run).toMatchObject({ skinTone: true, outlines: false, done: 8 });
  // The engine takes the segmenter for the kind of photo.
  expect(asked[0]).not.toHaveProperty('segmenterId');
  const bands = measured?.models[0]?.atThreshold.filter(({ field }) => field === 'skinTone');
  expect(bands?.map(({ value }) => value).sort()).toEqual(['dark', 'very-light']);
  expect(measured?.models[0]?.subgroups.filter(({ field }) => field === 'skinTone')).toHaveLength(2);
});

test('pause, a reload, the folder given again: no image is asked about twice', async () => {
  const before = start();
  before.draft({ packageIds: [id] });
  await before.chooseFolder(wholeFolder());
  onAsked = (count) => count === 3 && before.pause();
  await before.start([exampleCard]);
  expect(before.store.getState()).toMatchObject({
    run: { state: 'paused', done: 3 },
    measured: { models: [{ figures: { count: 3 } }] },
  });

  const after = start();
  await after.refresh();
  const [run] = after.store.getState().earlier;
  expect(run).toMatchObject({ state: 'paused', done: 3 });
  await after.show(run?.id ?? '');
  await after.resume();
  expect(after.store.getState().folderMissing).toBe(true);
  // Another folder is recognised, and so is a changed file.
  await after.giveFolder(folder({ 'other.jpg': 'n' }));
  expect(after.store.getState().trouble?.code).toBe('folder-other');
  await after.giveFolder(wholeFolder({ 'photo7.jpg': 'another file' }));
  await settled(after);
  expect(requests).toHaveLength(7);
  expect(after.store.getState()).toMatchObject({ run: { state: 'done', done: 8 }, failed: 1 });
});

test('a crash in the middle costs nothing that was answered', async () => {
  const before = start();
  before.draft({ packageIds: [id] });
  await before.chooseFolder(wholeFolder());
  // The page is gone while the fifth image is asked about: nothing after it is written.
  let crashed = () => {};
  const crash = new Promise<void>((resolve) => (crashed = resolve));
  onAsked = (count) => {
    if (count === 5) {
      crashed();
      throw new Error('gone');
    }
  };
  const run = before.start([exampleCard]).catch(() => undefined);
  await crash;
  await run;
  onAsked = () => {};
  const after = start();
  await after.refresh();
  expect(after.store.getState().earlier).toMatchObject([{ state: 'paused', done: 4 }]);
  await after.show(after.store.getState().earlier[0]?.id ?? '');
  await after.giveFolder(wholeFolder());
  await settled(after);
  expect(after.store.getState().run).toMatchObject({ state: 'done', done: 8 });
});

test('what is no fault of a file stops the run and says so; it goes on where it was', async () => {
  const evaluation = start();
  evaluation.draft({ packageIds: [id] });
  await evaluation.chooseFolder(wholeFolder());
  onAsked = (count) => {
    if (count === 2) trouble = failure('device-lost').failure;
  };
  await evaluation.start([exampleCard]);
  expect(evaluation.store.getState()).toMatchObject({
    run: { state: 'paused', done: 2 },
    trouble: { code: 'device-lost' },
    failed: 0,
  });
  trouble = null;
  await evaluation.resume();
  expect(evaluation.store.getState()).toMatchObject({ run: { state: 'done', done: 8 }, trouble: null });
});

test('cancelled: what was answered stays and is measured; removed: nothing stays', async () => {
  const evaluation = start();
  evaluation.draft({ packageIds: [id] });
  await evaluation.chooseFolder(wholeFolder());
  onAsked = (count) => count === 4 && void evaluation.cancel();
  await evaluation.start([exampleCard]);
  const { run, measured } = evaluation.store.getState();
  expect(run?.state).toBe('cancelled');
  expect(measured?.models[0]?.figures?.count).toBe(run?.done);
  await evaluation.remove(run?.id ?? '');
  expect(await createArchive().runs()).toEqual({ runs: [], unreadable: [] });
  expect((await createArchive().answers(run?.id ?? '')).answers.size).toBe(0);
});

test('failed images are asked about again on demand', async () => {
  const evaluation = start();
  evaluation.draft({ packageIds: [id] });
  await evaluation.chooseFolder(wholeFolder({ 'photo1.jpg': 'x' }));
  await evaluation.start([exampleCard]);
  expect(evaluation.store.getState().failed).toBe(1);
  await evaluation.retryFailed();
  expect(requests).toHaveLength(9);
  expect(evaluation.store.getState()).toMatchObject({ failed: 1, run: { state: 'done', done: 8 } });
});

test('without a table each folder is a class; what the user says of a label counts', async () => {
  const evaluation = start();
  evaluation.draft({ packageIds: [id] });
  await evaluation.chooseFolder(folder({ 'moles/a.jpg': 'n', 'bad/b.jpg': 'm', 'wart/c.jpg': 'n' }));
  evaluation.draft({ changed: { [id]: { moles: 'nv', bad: 'mel' } } });
  await evaluation.start([exampleCard]);
  // Nobody asks about an image whose label means no class of any model.
  expect(requests).toHaveLength(2);
  expect(evaluation.store.getState().measured?.models[0]?.figures?.confusion.matrix).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test('thousands of images: one file is read at a time, and a reload in the middle costs none of the answers', async () => {
  const count = 2000;
  const files = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`photo${index}.jpg`, index % 2 ? 'm' : 'n']),
  );
  const rows = Object.keys(files).map((name, index) => `${name},${index % 2 ? 'mel' : 'nv'},L${index}`);
  const whole = folder({ ...files, 'labels.csv': labels(rows) });
  let [open, most] = [0, 0];
  const watched: Folder = {
    ...whole,
    open: async (path) => {
      // A file is in hand from here until the engine has read it.
      if (path.endsWith('.jpg')) most = Math.max(most, ++open);
      return whole.open(path);
    },
  };
  const before = start();
  before.draft({ packageIds: [id] });
  await before.chooseFolder(watched);
  onAsked = (requests) => {
    open--;
    if (requests === count / 2) before.pause();
  };
  await before.start([exampleCard]);
  expect(before.store.getState().run).toMatchObject({ state: 'paused', done: count / 2 });

  const after = start();
  await after.refresh();
  const [run] = after.store.getState().earlier;
  expect(run?.done).toBe(count / 2);
  await after.show(run?.id ?? '');
  await after.giveFolder(watched);
  await settled(after);
  expect(requests).toHaveLength(count);
  expect(most).toBe(1);
  expect(after.store.getState()).toMatchObject({
    run: { state: 'done', done: count },
    measured: { models: [{ figures: { count, metrics: { accuracy: { value: 1 } } } }] },
  });
}, 120_000);

test('a DICOM file is opened before the engine is asked, and for the eye', async () => {
  opens = async (file) =>
    (await file.text()) === 'd'
      ? success({ image: new Blob(['m']), from: 'dicom', dicom: null })
      : success({ image: file, from: 'photo', dicom: null });
  const evaluation = start();
  evaluation.draft({ packageIds: [id] });
  await evaluation.chooseFolder(
    folder({ 'a.dcm': 'd', 'b.jpg': 'n', 'labels.csv': labels(['a,mel,1', 'b,nv,2']) }),
  );
  await evaluation.start([exampleCard]);
  expect(requests.map(({ text }) => text)).toEqual(['m', 'n']);
  const shown = await evaluation.image('a.dcm');
  expect(shown?.ok && (await shown.value.picture.text())).toBe('m');
  expect(await evaluation.image('gone.dcm')).toBeNull();
});
