import { beforeEach, expect, it } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { success } from '../../../core/failure';
import { exampleAnalysis, exampleLesion } from '../../../core/fixtures/analysis';
import type { Square } from '../../../core/geometry';
import type { AnalyseRequest } from '../../../engine/engine';
import { exampleBackend, exampleLoaded, fakeEngine } from '../../../engine/testing/fake-engine';
import { answerOf } from '../../../runtime/run';
import { createRuntime } from '../../../runtime/runtime';
import { createPatientContext } from './patient-context';
import { createWorkbench, type Workbench } from './workbench';
import { lesionRunOf, lesionSquares } from './workbench-photo';

const at = (left: number): Square => ({ left, top: 0, side: 100 });
const lesions = [10, 300, 450].map(exampleLesion);
/** An answer that tells which square it is about. */
const answer = (square: Square): Analysis =>
  exampleAnalysis({
    square,
    lesion: { ...search, lesions },
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
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(async () => {
  requests = [];
  const engine = fakeEngine({
    backend: async () => success(exampleBackend),
    packages: async () => success([]),
    load: async () => success(exampleLoaded()),
    analyse: async (_photo, request) => {
      requests.push(request);
      return success(answer(typeof request.square === 'object' ? request.square : at(10)));
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

/** The malignant probability that stands for each lesion, in the order of their numbers; undefined where there is none. */
function standing(): (number | undefined)[] {
  const photo = workbench.store.getState().photos.find((photo) => photo.id === id);
  if (!photo) throw new Error('the photo is gone');
  return lesionSquares(photo, answerOf(photo.runs.nets)).map(
    ({ square }) => answerOf(lesionRunOf(photo, 'nets', square))?.probabilities[0]?.calibrated,
  );
}

it('asks about each lesion that has no answer yet, behind everything else, and leaves the answer below as it is', async () => {
  expect(standing()).toEqual([0.01, undefined, undefined]);
  workbench.answerLesions(id, 'nets');
  await settled();
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
  expect(standing()).toEqual([0.01, undefined, undefined]);
  await settled();
  expect(standing()).toEqual([0.01, 0.3, undefined]);
});

it.each([
  ['another scale', () => workbench.override(id, { scale: 0.1 })],
  ['another fact', () => void workbench.analyse(id, 'nets')],
])('forgets what was said before %s', async (_, change) => {
  workbench.answerLesions(id, 'nets');
  await settled();
  change();
  await settled();
  expect(standing()).toEqual([0.01, undefined, undefined]);
});

it('keeps the answers when steadiness is asked for', async () => {
  workbench.answerLesions(id, 'nets');
  await settled();
  await workbench.analyse(id, 'nets', { testTimeAugmentation: true });
  expect(standing()).toEqual([0.01, 0.3, 0.45]);
});
