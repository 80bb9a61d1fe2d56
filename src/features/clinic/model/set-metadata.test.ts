import { beforeEach, expect, it } from 'vitest';
import { success } from '../../../core/failure';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import type { AnalyseRequest } from '../../../engine/engine';
import { exampleBackend, exampleLoaded, fakeEngine } from '../../../engine/testing/fake-engine';
import { settled } from '../../../engine/testing/settled';
import { createRuntime, type Runtime } from '../../../runtime/runtime';
import { createPatientContext, type PatientContext } from './patient-context';
import { setMetadataAndRerun } from './set-metadata';
import { createWorkbench } from './workbench';
import type { Workbench } from './workbench-state';

const name = { en: 'x', ko: '가' };
const asksForAge = {
  ...exampleCard,
  id: 'asks-for-age',
  metadata: {
    width: 3,
    fields: [{ id: 'age', name, kind: 'bins' as const, offset: 0, size: 3, edges: [0, 50] }],
  },
};

let requests: AnalyseRequest[];
let runtime: Runtime;
let patientContext: PatientContext;
let workbench: Workbench;
let photoIds: string[];
const set = (values: Record<string, number | string>, ids = photoIds) =>
  setMetadataAndRerun({ patientContext, workbench, runtime }, ids, values);

beforeEach(async () => {
  requests = [];
  const run = (request: AnalyseRequest) => {
    requests.push(request);
    return success(exampleAnalysis());
  };
  const engine = fakeEngine({
    backend: async () => success(exampleBackend),
    packages: async () => success([exampleCard, asksForAge]),
    load: async (id) => success(exampleLoaded({ id })),
    analyse: async (_photo, request) => run(request),
    analyseAll: async (_photo, { packageIds, ...request }) =>
      success(packageIds.map((packageId) => ({ packageId, answer: run({ ...request, packageId }) }))),
  });
  runtime = createRuntime(engine);
  patientContext = createPatientContext();
  workbench = createWorkbench(
    { engine, runtime },
    { open: async (image) => success({ image, from: 'photo', dicom: null }), patientContext },
  );
  await runtime.refresh();
  workbench.compareWith([asksForAge.id]);
  photoIds = workbench.add(
    ['a.jpg', 'b.jpg'].map((name) => ({ file: new Blob([name]), name, source: 'file' })),
  );
  await settled();
  requests = [];
});

it('runs the packages again whose card asks for what has changed, with the new metadata', async () => {
  await set({ age: 60 }, photoIds.slice(0, 1));
  expect(requests).toMatchObject([{ packageId: asksForAge.id, metadata: { age: 60 } }]);
});

it('keeps the answers from before the change', async () => {
  await set({ age: 60 });
  const { before } = patientContext.store.getState();
  expect(Object.keys(before)).toEqual(photoIds);
  expect(before[photoIds[0] ?? '']?.[asksForAge.id]).toEqual(exampleAnalysis().probabilities);
});

it('runs nothing for a value that no card asks for, and takes it along the next time', async () => {
  await set({ sex: 'male' });
  expect(requests).toEqual([]);
  await set({ age: 60 }, photoIds.slice(0, 1));
  expect(requests[0]?.metadata).toEqual({ age: 60, sex: 'male' });
});
