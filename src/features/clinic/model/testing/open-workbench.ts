import type { Analysis } from '../../../../core/analysis';
import type { Card } from '../../../../core/card/card';
import { failure, type Result, success } from '../../../../core/failure';
import { exampleAnalysis } from '../../../../core/fixtures/analysis';
import type { AnalyseRequest, BackendStatus, CallOptions, LoadedPackage } from '../../../../engine/engine';
import type { OpenPhoto } from '../../../../engine/input/opener';
import { exampleLoaded, fakeEngine } from '../../../../engine/testing/fake-engine';
import { settled } from '../../../../engine/testing/settled';
import { createRuntime } from '../../../../runtime/runtime';
import { createPatientContext } from '../patient-context';
import { createWorkbench } from '../workbench';

export const gpu: BackendStatus = {
  name: 'webgpu',
  adapter: 'A GPU',
  software: false,
  threads: 0,
  skippedBackends: [],
};
/** Where a failed self-test on the GPU moved the engine to. */
export const wasm: BackendStatus = {
  name: 'wasm',
  adapter: 'WASM SIMD',
  software: false,
  threads: 2,
  skippedBackends: [{ name: 'webgpu', reason: 'golden-wrong', detail: {} }],
};
export const loaded = exampleLoaded({ fromCache: false, backend: wasm });
export const answer = exampleAnalysis();
export const dicom = {
  age: 54,
  sex: 'female' as const,
  site: null,
  scale: 0.05,
  orientation: null,
  frames: 1,
};

/** What `named.dcm` says of whose photo it is. */
export const identity = { patient: '4711', day: '2026-02-01', side: 'left' as const };

/**
 * Opens a file named `.dcm` as DICOM, the one named `named.dcm` with whose it is, refuses one named `bad`, and takes
 * every other as it is.
 */
const open: OpenPhoto = async (file) => {
  const name = await file.text();
  if (name === 'bad') return failure('dicom-unsupported');
  const said = name.endsWith('named.dcm') && { identity };
  if (name.endsWith('.dcm')) return success({ image: new Blob(['picture']), from: 'dicom', dicom, ...said });
  return success({ image: file, from: 'photo', dicom: null });
};

/** A call that the test ends, unless its signal ends it before. */
interface Pending<T> {
  options: CallOptions;
  end: (result: Result<T>) => void;
}

function pending<T>(list: Pending<T>[], options: CallOptions = {}): Promise<Result<T>> {
  return new Promise((end) => {
    list.push({ options, end });
    options.signal?.addEventListener('abort', () => end(failure('cancelled')));
  });
}

/** A workbench whose engine loads and answers when the test says so, by the package "nets". */
export function openWorkbench() {
  const loads: Pending<LoadedPackage>[] = [];
  const analyses: (Pending<Analysis> & { request: AnalyseRequest })[] = [];
  const listed: { cards: Card[] } = { cards: [] };
  const patientContext = createPatientContext();
  const engine = fakeEngine({
    backend: async () => success(gpu),
    pinBackend: async () => success(wasm),
    packages: async () => success(listed.cards),
    load: (_id, options) => pending(loads, options),
    analyse: (_photo, request, options) => {
      const list: Pending<Analysis>[] = [];
      const result = pending(list, options);
      analyses.push({ ...(list[0] as Pending<Analysis>), request });
      return result;
    },
    analyseAll: async (_photo, { packageIds }) =>
      success(packageIds.map((packageId) => ({ packageId, answer: success(answer) }))),
  });
  const runtime = createRuntime(engine);
  const workbench = createWorkbench({ engine, runtime }, { open, patientContext });
  const photoOf = (id: string) => workbench.store.getState().photos.find((photo) => photo.id === id);
  return {
    workbench,
    runtime,
    patientContext,
    loads,
    analyses,
    photoOf,
    run: (id: string) => photoOf(id)?.runs.nets,
    /** The packages that there are from now on. */
    async list(cards: Card[]) {
      listed.cards = cards;
      await runtime.refresh();
    },
    /** Puts a file of each name into the queue. */
    async add(...names: string[]) {
      const ids = workbench.add(names.map((name) => ({ file: new Blob([name]), name, source: 'file' })));
      await settled();
      return ids as [string, ...string[]];
    },
    /** The package that was asked for last is loaded. */
    async load() {
      loads.at(-1)?.end(success(loaded));
      await settled();
    },
    /** An analysis has its answer. */
    async finish(index: number) {
      analyses[index]?.end(success(answer));
      await settled();
    },
  };
}
