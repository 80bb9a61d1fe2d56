import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { failure, type Result, success } from '../../../core/failure';
import { exampleAnalysis, exampleCard, exampleSiteCalibration } from '../../../core/fixtures/analysis';
import type { AnalyseRequest, BackendStatus, CallOptions, LoadedPackage } from '../../../engine/engine';
import type { OpenPhoto } from '../../../engine/input/opener';
import { exampleLoaded, fakeEngine } from '../../../engine/testing/fake-engine';
import { settled } from '../../../engine/testing/settled';
import { createRuntime, type Runtime } from '../../../runtime/runtime';
import { createPatientContext, type PatientContext } from './patient-context';
import { createWorkbench, type Workbench } from './workbench';

const gpu: BackendStatus = {
  name: 'webgpu',
  adapter: 'A GPU',
  software: false,
  threads: 0,
  skippedBackends: [],
};
const wasm: BackendStatus = {
  name: 'wasm',
  adapter: 'WASM SIMD',
  software: false,
  threads: 2,
  skippedBackends: [{ name: 'webgpu', reason: 'golden-wrong', detail: {} }],
};
const loaded = exampleLoaded({ fromCache: false, backend: wasm });
const answer = exampleAnalysis();
const spot = (name = 'spot.jpg') => ({ file: new Blob([name]), name, source: 'file' as const });
const dicom = { age: 54, sex: 'female' as const, site: null, scale: 0.05, orientation: null, frames: 1 };

/** Opens a file named `.dcm` as DICOM, refuses one named `bad`, and takes every other as it is. */
const open: OpenPhoto = async (file) => {
  const name = await file.text();
  if (name === 'bad') return failure('dicom-unsupported');
  if (name.endsWith('.dcm')) return success({ image: new Blob(['picture']), from: 'dicom', dicom });
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

describe('the workbench', () => {
  let loads: Pending<LoadedPackage>[];
  let analyses: (Pending<Analysis> & { request: AnalyseRequest })[];
  let cards: Card[];
  let runtime: Runtime;
  let workbench: Workbench;
  let patientContext: PatientContext;

  beforeEach(() => {
    loads = [];
    analyses = [];
    cards = [];
    patientContext = createPatientContext();
    const engine = fakeEngine({
      backend: async () => success(gpu),
      pinBackend: async () => success(wasm),
      packages: async () => success(cards),
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
    runtime = createRuntime(engine);
    workbench = createWorkbench({ engine, runtime }, { open, patientContext });
  });

  const photoOf = (id: string) => workbench.store.getState().photos.find((photo) => photo.id === id);
  const run = (id: string) => photoOf(id)?.runs.nets;
  const add = async (...names: string[]) => {
    const ids = workbench.add(names.map(spot));
    await settled();
    return ids as [string, ...string[]];
  };
  const load = async () => {
    loads.at(-1)?.end(success(loaded));
    await settled();
  };
  const finish = async (index: number) => {
    analyses[index]?.end(success(answer));
    await settled();
  };

  it('loads the package, shows how far it is, and keeps the answer with the photo', async () => {
    workbench.choosePackage('nets');
    const [id] = await add('a');
    loads[0]?.options.onProgress?.({ stage: 'download', fraction: 0.5, bytes: { done: 1, total: 2 } });
    expect(run(id)).toMatchObject({ state: 'running', progress: { stage: 'download', fraction: 0.5 } });
    await load();
    expect(runtime.store.getState().packages.nets).toEqual({ state: 'loaded', loaded });
    await finish(0);
    expect(run(id)).toEqual({ state: 'done', analysis: answer });
  });

  it('runs many photos by itself: the selected one before all others, which wait in the background', async () => {
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

  it('brings a photo that waits in the queue to the front when it is selected, and starts it once', async () => {
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

  it('lets a file that cannot be opened fail alone', async () => {
    workbench.choosePackage('nets');
    const [good, bad = ''] = await add('a', 'bad');
    await load();
    await finish(0);
    expect(run(good)?.state).toBe('done');
    expect(photoOf(bad)).toMatchObject({ url: null, unopened: { code: 'dicom-unsupported' }, runs: {} });
  });

  it('takes the picture, the scale and the facts out of a DICOM file', async () => {
    const [id] = await add('IM1.dcm');
    expect(photoOf(id)).toMatchObject({ source: 'dicom', scale: 0.05, dicom });
    expect(patientContext.valuesOf(id)).toEqual({ age: 54, sex: 'female' });
    expect(await workbench.imageOf(id)?.text()).toBe('picture');
  });

  it('runs again as the photo is to be looked at, and shows the old answer meanwhile', async () => {
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

  it('chooses the first classifier once the list has come, and another when the chosen one leaves the list', async () => {
    const segmenter = { ...exampleCard, id: 'outlines', task: 'segmentation' as const };
    cards = [segmenter, { ...exampleCard, id: 'first' }, { ...exampleCard, id: 'second' }];
    await runtime.refresh();
    expect(workbench.store.getState().packageId).toBe('first');
    workbench.choosePackage('second');
    await runtime.refresh();
    expect(workbench.store.getState().packageId).toBe('second');
    cards = cards.slice(0, 2);
    await runtime.refresh();
    expect(workbench.store.getState().packageId).toBe('first');
  });

  it('starts with the package for dermoscopy that tells the most things apart, wherever it is in the list', async () => {
    const { classes } = exampleCard;
    const [first, second] = classes as [Card['classes'][number], Card['classes'][number]];
    cards = [
      {
        ...exampleCard,
        id: 'acne',
        domain: 'acne',
        classes: [...classes, { ...first, id: 'other' }],
      } as Card,
      { ...exampleCard, id: 'two', classes: [first, second] },
      { ...exampleCard, id: 'all' },
    ];
    await runtime.refresh();
    expect(workbench.store.getState().packageId).toBe(classes.length > 2 ? 'all' : 'two');
  });

  it('renews the answers of a package whose calibration of this site is kept or removed', async () => {
    workbench.choosePackage('nets');
    const [id] = await add('a');
    await load();
    await finish(0);
    runtime.siteCalibrations.keep(exampleSiteCalibration('other', 'b'.repeat(64)));
    expect(analyses).toHaveLength(1);
    runtime.siteCalibrations.keep(exampleSiteCalibration('nets', 'b'.repeat(64)));
    await settled();
    expect(run(id)).toMatchObject({ state: 'running', previous: answer });
    expect(Object.keys(analyses[1]?.request.siteCalibrations ?? {})).toContain('nets');
    runtime.siteCalibrations.remove('nets');
    await settled();
    expect(Object.keys(analyses[2]?.request.siteCalibrations ?? {})).not.toContain('nets');
  });

  it('compares no package for another kind of photo', async () => {
    cards = [
      { ...exampleCard, id: 'first' },
      { ...exampleCard, id: 'second' },
      { ...exampleCard, id: 'acne', domain: 'acne' },
    ];
    await runtime.refresh();
    workbench.compareWith(['second']);
    workbench.choosePackage('acne');
    expect(workbench.store.getState().compareWithIds).toEqual([]);
  });

  it('answers with several packages at once', async () => {
    workbench.choosePackage('nets');
    const [id] = await add('a');
    await load();
    await finish(0);
    workbench.compareWith(['other', 'third']);
    await settled();
    await load();
    await load();
    expect(photoOf(id)?.runs).toMatchObject({ other: { state: 'done' }, third: { state: 'done' } });
    expect(analyses).toHaveLength(1);
  });

  it('tells when a failed self-test moved the engine to another back end', async () => {
    await runtime.refresh();
    expect(runtime.store.getState().backend).toEqual({ state: 'ready', value: gpu });
    const ended = runtime.load('nets');
    await settled();
    await load();
    await ended;
    expect(runtime.store.getState().backend).toEqual({ state: 'ready', value: wasm });
  });

  it('keeps the photo after a failure, and runs it again', async () => {
    workbench.choosePackage('nets');
    const [id] = await add('a');
    loads[0]?.end(failure('package-unavailable'));
    await settled();
    expect(run(id)).toMatchObject({ state: 'failed', failure: { code: 'package-unavailable' } });
    expect(runtime.store.getState().packages.nets?.state).toBe('failed');

    const second = workbench.analyse(id, 'nets');
    await settled();
    await load();
    await finish(0);
    await second;
    expect(run(id)?.state).toBe('done');
  });

  it('cancels a download, and can start it again at once', async () => {
    workbench.choosePackage('nets');
    const [id] = await add('a');
    workbench.cancel(id, 'nets');
    const second = runtime.load('nets');
    await settled();
    expect(run(id)).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } });
    expect(loads).toHaveLength(2);
    expect(runtime.store.getState().packages.nets?.state).toBe('loading');
    await load();
    expect((await second).ok).toBe(true);
  });

  it('cancels one photo of many without ending the download that the others wait for', async () => {
    workbench.choosePackage('nets');
    const [first, second = ''] = await add('a', 'b');
    workbench.cancel(first, 'nets');
    await settled();
    expect(run(first)).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } });
    expect(loads[0]?.options.signal?.aborted).toBe(false);
    await load();
    await finish(0);
    expect(run(second)?.state).toBe('done');
    // What was cancelled waits for the user.
    workbench.select(first);
    await settled();
    expect(run(first)?.state).toBe('failed');
  });

  it('cancels all that waits and runs', async () => {
    workbench.choosePackage('nets');
    const ids = await add('a', 'b');
    await load();
    workbench.cancelAll();
    await settled();
    for (const id of ids) expect(run(id)).toMatchObject({ failure: { code: 'cancelled' } });
  });

  it('hands the engine three of many photos at a time, and starts none after all were cancelled', async () => {
    workbench.choosePackage('nets');
    const ids = await add(...Array.from({ length: 40 }, (_, index) => `spot ${index}`));
    await load();
    expect(ids.every((id) => photoOf(id)?.url)).toBe(true);
    expect(analyses).toHaveLength(3);
    await finish(1);
    expect(analyses).toHaveLength(4);
    expect(ids.filter((id) => run(id))).toHaveLength(4);
    workbench.cancelAll();
    await settled();
    expect(analyses).toHaveLength(4);
    expect(ids.map((id) => run(id)?.state)).toEqual(['failed', 'done', ...Array(38).fill('failed')]);
    const [later = ''] = await add('later');
    await settled();
    expect(run(later)?.state).toBe('running');
  });

  it('selects the neighbour of a photo that is taken off, whose run ends', async () => {
    workbench.choosePackage('nets');
    const [first, second = '', third = ''] = await add('a', 'b', 'c');
    await load();
    workbench.select(second);
    workbench.remove(second);
    expect(workbench.store.getState()).toMatchObject({ selectedId: third });
    workbench.remove(third);
    expect(workbench.store.getState()).toMatchObject({ selectedId: first });
    expect(analyses[1]?.options.signal?.aborted).toBe(true);
  });

  it('ends what runs and releases the memory when it is cleared', async () => {
    const revoke = vi.spyOn(URL, 'revokeObjectURL');
    workbench.choosePackage('nets');
    const [id] = await add('a');
    const url = photoOf(id)?.url;
    await load();
    workbench.clear();
    expect(analyses[0]?.options.signal?.aborted).toBe(true);
    expect(revoke).toHaveBeenCalledWith(url);
    expect(workbench.store.getState()).toMatchObject({ photos: [], selectedId: null });
  });

  it('forgets what was loaded on another back end', async () => {
    const ended = runtime.load('nets');
    await settled();
    await load();
    await ended;
    await runtime.pin('wasm');
    expect(runtime.store.getState()).toMatchObject({
      pinned: 'wasm',
      packages: {},
      backend: { value: wasm },
    });
  });
});
