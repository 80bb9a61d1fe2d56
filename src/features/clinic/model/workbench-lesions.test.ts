import { beforeEach, expect, it } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { success } from '../../../core/failure';
import { exampleAnalysis, exampleLesion } from '../../../core/fixtures/analysis';
import type { Square } from '../../../core/geometry';
import type { AnalyseRequest } from '../../../engine/engine';
import { exampleBackend, exampleLoaded, fakeEngine } from '../../../engine/testing/fake-engine';
import { settled } from '../../../engine/testing/settled';
import { textOf } from '../../../engine/testing/text-of';
import { answerOf } from '../../../runtime/run';
import { createRuntime } from '../../../runtime/runtime';
import { createPatientContext } from './patient-context';
import { createWorkbench } from './workbench';
import { lesionRunOf, lesionSquares, maxLesions, type WorkbenchPhoto } from './workbench-photo';
import type { Workbench } from './workbench-state';

const at = (left: number): Square => ({ left, top: 0, side: 100 });
const lesions = [10, 300, 450].map(exampleLesion);
const twelve = Array.from({ length: 12 }, (_, index) => exampleLesion(10 + 20 * index));
/** An answer that tells which square it is about. */
const answer = (square: Square, found = lesions): Analysis =>
  exampleAnalysis({
    square,
    lesion: { ...search, lesions: found },
    probabilities: [{ id: 'mel', logit: 0, raw: square.left / 1000, calibrated: square.left / 1000 }],
  });
const search = {
  segmenter: null,
  chosen: 0,
  mask: null,
  nothing: null,
  morphology: null,
  milliseconds: 1,
};

let requests: AnalyseRequest[];
let workbench: Workbench;
let id: string;
beforeEach(async () => {
  requests = [];
  const engine = fakeEngine({
    backend: async () => success(exampleBackend),
    packages: async () => success([]),
    load: async () => success(exampleLoaded()),
    analyse: async (photo, request) => {
      requests.push(request);
      const square = typeof request.square === 'object' ? request.square : at(10);
      const found = (await textOf(photo)) === 'many' ? twelve : lesions;
      return success(answer(square, found));
    },
  });
  workbench = createWorkbench(
    { engine, runtime: createRuntime(engine) },
    {
      patientContext: createPatientContext(),
      open: async (image) => success({ image, from: 'photo', dicom: null }),
    },
  );
  workbench.choosePackage('nets');
  id = workbench.add([{ file: new Blob(['a']), name: 'a.jpg', source: 'file' }])[0] ?? '';
  await settled();
});

/**
 * The malignant probability that stands for each lesion, in the order of their numbers; undefined if there is
 * none.
 */
function standing(): (number | undefined)[] {
  const photo = workbench.store.getState().photos.find((photo) => photo.id === id);
  if (!photo) throw new Error('the photo is gone');
  return lesionSquares(photo, answerOf(photo.runs.nets)).map(
    ({ square }) => answerOf(lesionRunOf(photo, 'nets', square))?.probabilities[0]?.calibrated,
  );
}

it('asks about each lesion by itself, behind everything else, and leaves the answer below as it is', async () => {
  expect(standing()).toEqual([0.01, 0.3, 0.45]);
  expect(requests.slice(1).map(({ square, background }) => [square, background])).toEqual([
    [at(300), true],
    [at(450), true],
  ]);
  const photo = workbench.store.getState().photos[0];
  expect(answerOf(photo?.runs.nets)?.square).toEqual(at(10));
  workbench.answerLesions(id, 'nets');
  await settled();
  expect(requests).toHaveLength(3);
});

it('keeps the answer of a lesion that is left for another one', async () => {
  workbench.override(id, { square: at(300) });
  expect(standing()).toEqual([0.01, 0.3, 0.45]);
  await settled();
  expect(standing()).toEqual([0.01, 0.3, 0.45]);
});

it('asks about the first few of very many, and about the rest on demand', async () => {
  const many = workbench.add([{ file: new Blob(['many']), name: 'many.jpg', source: 'file' }])[0] ?? '';
  await settled();
  const answered = () => {
    const photo = workbench.store
      .getState()
      .photos.find((candidate) => candidate.id === many) as WorkbenchPhoto;
    return lesionSquares(photo, answerOf(photo.runs.nets)).map(
      ({ square }) => lesionRunOf(photo, 'nets', square)?.state,
    );
  };
  expect(answered()).toHaveLength(12);
  expect(answered().filter((state) => state === 'done')).toHaveLength(maxLesions);
  workbench.answerLesions(many, 'nets');
  await settled();
  expect(answered().filter((state) => state === 'done')).toHaveLength(12);
});

it.each([
  ['another scale', () => workbench.override(id, { scale: 0.1 })],
  ['another fact', () => void workbench.analyse(id, 'nets')],
])('asks again after %s', async (_, change) => {
  requests.length = 0;
  change();
  await settled();
  expect(standing()).toEqual([0.01, 0.3, 0.45]);
  expect(requests).toHaveLength(3);
});

it('keeps the answers when test-time augmentation is asked for', async () => {
  requests.length = 0;
  await workbench.analyse(id, 'nets', { testTimeAugmentation: true });
  await settled();
  expect(requests).toHaveLength(1);
  expect(standing()).toEqual([0.01, 0.3, 0.45]);
});
