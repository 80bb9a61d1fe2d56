import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Analysis } from '../core/analysis';
import { failure, type Result, success } from '../core/failure';
import type { BackendStatus, CallOptions, LoadedPackage } from '../engine/engine';
import { fakeEngine } from '../engine/testing/fake-engine';
import { createMachine, type Machine } from './machine';
import { createWorkbench, type Workbench } from './workbench';

const gpu: BackendStatus = { name: 'webgpu', adapter: 'A GPU', software: false, threads: 0, passedOver: [] };
const wasm: BackendStatus = {
  name: 'wasm',
  adapter: 'WASM SIMD',
  software: false,
  threads: 2,
  passedOver: [{ name: 'webgpu', reason: 'golden-wrong', detail: {} }],
};
const loaded: LoadedPackage = {
  id: 'nets',
  fromCache: false,
  kept: true,
  milliseconds: 1,
  golden: { difference: 0, tolerance: 1 },
  backend: wasm,
};
const answer = { schema: 1 } as Analysis;
const photo = (text: string) => new Blob([text]);
const about = { name: 'spot.jpg', synthetic: false };

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
  let analyses: Pending<Analysis>[];
  let machine: Machine;
  let workbench: Workbench;

  beforeEach(() => {
    loads = [];
    analyses = [];
    const engine = fakeEngine({
      backend: async () => success(gpu),
      pinBackend: async () => success(wasm),
      packages: async () => success([]),
      load: (_id, options) => pending(loads, options),
      kept: async () => success([]),
      keep: async () => success(null),
      discard: async () => success(null),
      analyse: (_photo, _request, options) => pending(analyses, options),
      analyseAll: async () => success([]),
    });
    machine = createMachine(engine);
    workbench = createWorkbench(engine, machine);
  });

  const run = (id: string) => workbench.store.getState().photos.find((one) => one.id === id)?.runs.nets;
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  it('loads the package, shows how far it is, and keeps the answer with the photo', async () => {
    const id = workbench.replaceWith(photo('a'), about);
    const ended = workbench.analyse(id, 'nets');
    await settled();
    loads[0]?.options.onProgress?.({ stage: 'download', fraction: 0.5, bytes: { done: 1, total: 2 } });
    expect(run(id)).toMatchObject({ state: 'running', progress: { stage: 'download', fraction: 0.5 } });
    loads[0]?.end(success(loaded));
    await settled();
    expect(machine.store.getState().packages.nets).toEqual({ state: 'loaded', loaded });
    analyses[0]?.end(success(answer));
    await ended;
    expect(run(id)).toEqual({ state: 'done', analysis: answer });
  });

  it('tells when a failed self-test moved the engine to another back end', async () => {
    await machine.survey();
    expect(machine.store.getState().backend).toEqual({ state: 'here', value: gpu });
    const load = machine.load('nets');
    await settled();
    loads[0]?.end(success(loaded));
    await load;
    expect(machine.store.getState().backend).toEqual({ state: 'here', value: wasm });
  });

  it('keeps the photo after a failure, and runs it again', async () => {
    const id = workbench.replaceWith(photo('a'), about);
    const first = workbench.analyse(id, 'nets');
    await settled();
    loads[0]?.end(failure('package-unavailable'));
    await first;
    expect(run(id)).toMatchObject({ state: 'failed', failure: { code: 'package-unavailable' } });
    expect(machine.store.getState().packages.nets?.state).toBe('failed');

    const second = workbench.analyse(id, 'nets');
    await settled();
    loads[1]?.end(success(loaded));
    await settled();
    analyses[0]?.end(success(answer));
    await second;
    expect(run(id)?.state).toBe('done');
  });

  it('cancels a download, and can start it anew at once', async () => {
    const id = workbench.replaceWith(photo('a'), about);
    const first = workbench.analyse(id, 'nets');
    await settled();
    workbench.cancel(id, 'nets');
    const second = machine.load('nets');
    await first;
    await settled();
    expect(run(id)).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } });
    expect(loads).toHaveLength(2);
    expect(machine.store.getState().packages.nets?.state).toBe('loading');
    loads[1]?.end(success(loaded));
    expect((await second).ok).toBe(true);
  });

  it('goes on downloading for the next photo when one takes the place of another', async () => {
    const first = workbench.replaceWith(photo('a'), about);
    void workbench.analyse(first, 'nets');
    await settled();
    const second = workbench.replaceWith(photo('b'), about);
    void workbench.analyse(second, 'nets');
    await settled();
    expect(loads).toHaveLength(1);
    loads[0]?.end(success(loaded));
    await settled();
    expect(analyses).toHaveLength(1);
    analyses[0]?.end(success(answer));
    await settled();
    expect(workbench.store.getState().photos.map(({ id }) => id)).toEqual([second]);
    expect(run(second)?.state).toBe('done');
  });

  it('ends what runs and releases the memory when it is cleared', async () => {
    const revoke = vi.spyOn(URL, 'revokeObjectURL');
    const id = workbench.replaceWith(photo('a'), about);
    const url = workbench.store.getState().photos[0]?.url;
    void workbench.analyse(id, 'nets');
    await settled();
    loads[0]?.end(success(loaded));
    await settled();
    workbench.clear();
    expect(analyses[0]?.options.signal?.aborted).toBe(true);
    expect(revoke).toHaveBeenCalledWith(url);
    expect(workbench.store.getState()).toMatchObject({ photos: [], selectedId: null });
  });

  it('forgets what was loaded on another back end', async () => {
    const load = machine.load('nets');
    await settled();
    loads[0]?.end(success(loaded));
    await load;
    await machine.pin('wasm');
    expect(machine.store.getState()).toMatchObject({
      pinned: 'wasm',
      packages: {},
      backend: { value: wasm },
    });
  });
});
