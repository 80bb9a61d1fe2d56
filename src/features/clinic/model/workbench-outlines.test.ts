import { beforeEach, expect, it } from 'vitest';
import type { FoundLesion } from '../../../core/analysis';
import { success } from '../../../core/failure';
import { exampleAnalysis, exampleLesion } from '../../../core/fixtures/analysis';
import type { Square } from '../../../core/geometry';
import type { AnalyseRequest } from '../../../engine/engine';
import { exampleBackend, exampleLoaded, fakeEngine } from '../../../engine/testing/fake-engine';
import { settled } from '../../../engine/testing/settled';
import { answerOf } from '../../../runtime/run';
import { createRuntime } from '../../../runtime/runtime';
import { createPatientContext } from './patient-context';
import { createWorkbench } from './workbench';
import { lesionSquares, type WorkbenchPhoto } from './workbench-photo';
import type { Workbench } from './workbench-state';

const at = (left: number): Square => ({ left, top: 0, side: 100 });
const segmenter = { packageId: 'net', packageVersion: '1', packageHash: 'f'.repeat(64) };
const raster = (pixel: number) => ({ width: 2, height: 1, data: Uint8Array.of(pixel, 1) });

let lesionsFound: number[];
let requests: AnalyseRequest[];
let workbench: Workbench;
let id: string;
const photo = (): WorkbenchPhoto => workbench.store.getState().photos[0] as WorkbenchPhoto;
const numbered = () => lesionSquares(photo(), answerOf(photo().runs.nets)).map(({ square }) => square.left);

/** The last request that was not about another lesion, behind the others. */
const asked = () => requests.filter(({ background }) => !background).at(-1);

async function draw(square: Square, pixel: number): Promise<void> {
  workbench.override(id, { mask: { of: square, raster: raster(pixel), edits: [] } });
  await settled();
}
async function lookAt(square: Square): Promise<void> {
  workbench.override(id, { square });
  await settled();
}

beforeEach(async () => {
  requests = [];
  lesionsFound = [10, 300];
  const engine = fakeEngine({
    backend: async () => success(exampleBackend),
    packages: async () => success([]),
    load: async () => success(exampleLoaded()),
    // As the engine does: an outline by hand is the one lesion, with a square of its own around it.
    analyse: async (_photo, { mask, ...request }) => {
      requests.push({ ...request, ...(mask && { mask }) });
      const lesions = mask ? [exampleLesion(777)] : lesionsFound.map(exampleLesion);
      const square = typeof request.square === 'object' ? request.square : (lesions[0] as FoundLesion).square;
      const lesion = { segmenter: mask ? null : segmenter, lesions, chosen: 0, mask: mask ?? null };
      return success(
        exampleAnalysis({
          square,
          lesion: { ...lesion, nothing: null, morphology: null, milliseconds: 1 },
        }),
      );
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
});

async function open(): Promise<void> {
  id = workbench.add([{ file: new Blob(['a']), name: 'a.jpg', source: 'file' }])[0] ?? '';
  await settled();
}

it('hides no other lesion: they keep their numbers, and the square stays where it is', async () => {
  await open();
  await lookAt(at(300));
  await draw(at(300), 0);
  expect(numbered()).toEqual([10, 300]);
  expect(asked()).toMatchObject({ square: at(300), mask: raster(0) });
});

it('belongs to its lesion: another one is outlined by the segmenter or by its own hand-drawn outline', async () => {
  await open();
  await draw(at(10), 0);
  await lookAt(at(300));
  expect(asked()).not.toHaveProperty('mask');
  expect(numbered()).toEqual([10, 300]);
  await draw(at(300), 1);
  await lookAt(at(10));
  expect(asked()?.mask).toEqual(raster(0));
  await lookAt(at(300));
  expect(asked()?.mask).toEqual(raster(1));

  requests.length = 0;
  workbench.answerLesions(id, 'nets');
  await settled();
  // What was said of the first one with its outline still holds.
  expect(requests).toEqual([]);
  workbench.override(id, { scale: 0.1 });
  await settled();
  expect(requests.at(-1)).toMatchObject({ square: at(10), mask: raster(0), background: true });
});

it('goes along with a square that is moved, and is not lost when that one is kept', async () => {
  lesionsFound = [10];
  await open();
  await draw(at(10), 0);
  expect(asked()).not.toHaveProperty('square');
  await lookAt(at(50));
  expect(asked()?.mask).toEqual(raster(0));
  workbench.setSquares(id, [at(50)]);
  await lookAt(at(777));
  expect(asked()?.mask).toEqual(raster(0));
  await lookAt(at(50));
  expect(asked()).not.toHaveProperty('mask');
  await lookAt(at(10));
  expect(asked()?.mask).toEqual(raster(0));
});

it('given back, leaves the lesion to the segmenter again', async () => {
  await open();
  await draw(at(10), 0);
  workbench.override(id, { mask: null });
  await settled();
  expect(asked()).not.toHaveProperty('mask');
  await lookAt(at(300));
  await lookAt(at(10));
  expect(asked()).not.toHaveProperty('mask');
  expect(numbered()).toEqual([10, 300]);
});
