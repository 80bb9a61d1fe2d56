import { beforeEach, describe, expect, it } from 'vitest';
import type { BackendName } from '../../../core/analysis';
import { failure, success } from '../../../core/failure';
import type { BackendStatus, BenchmarkRequest, BenchmarkResult } from '../../../engine/engine';
import { fakeEngine } from '../../../engine/testing/fake-engine';
import { choiceMemory } from '../../../runtime/backend-choice';
import { createLocalStore } from '../../../runtime/local-store';
import { createRuntime } from '../../../runtime/runtime';
import { createBenchmark } from './benchmark';

const status = (name: BackendName, software = true): BackendStatus => ({
  name,
  adapter: name === 'webgpu' ? 'a GPU' : 'WASM SIMD, 2 threads',
  software: name === 'webgpu' && software,
  threads: name === 'wasm' ? 2 : 0,
  skippedBackends: [],
});

class MemoryStorage {
  private readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
  removeItem = (key: string) => void this.items.delete(key);
}

describe('the benchmark', () => {
  /** Milliseconds of a steady pass. */
  let speed: Record<BackendName, number | null>;
  let storage: MemoryStorage;
  let requests: BenchmarkRequest[];
  let pinned: (BackendName | null)[];
  let opened: number;
  let closed: number;

  /** An engine of which every pass takes as long as `speed` says. */
  function openEngine() {
    opened++;
    let backend: BackendName = 'webgpu';
    return fakeEngine({
      pinBackend: async (name) => {
        backend = name ?? 'webgpu';
        return speed[backend] === null ? failure('backend-unavailable') : success(status(backend));
      },
      benchmark: async (request) => {
        requests.push(request);
        const pass = speed[backend] ?? 0;
        const result: BenchmarkResult = {
          packageId: request.packageId,
          backend: status(backend, pass > 100),
          download: request.download ? { milliseconds: 9, bytes: 1 } : null,
          load: 5,
          first: 100,
          steady: [pass, pass, pass],
          batch: null,
          memory: { weights: 1, allocated: null },
        };
        return success(result);
      },
      close: () => void closed++,
    });
  }

  function start() {
    const engine = fakeEngine({
      packages: async () => success([]),
      added: async () => success([]),
      backend: async () => success(status('webgpu')),
      pinBackend: async (name) => {
        pinned.push(name);
        return success(status(name ?? 'webgpu'));
      },
    });
    const memory = choiceMemory(createLocalStore(() => storage as unknown as Storage));
    const runtime = createRuntime(engine, memory);
    return { runtime, benchmark: createBenchmark(openEngine, runtime) };
  }

  beforeEach(() => {
    speed = { webgpu: 1900, wasm: 100 };
    storage = new MemoryStorage();
    [requests, pinned, opened, closed] = [[], [], 0, 0];
  });

  const plan = { packageIds: ['a', 'b'], backends: ['webgpu', 'wasm'] } as const;

  it('times every package on every back end, each in an engine of its own, and downloads each once', async () => {
    const { benchmark } = start();
    await benchmark.run(plan);
    const { rows, running } = benchmark.store.getState();
    expect(rows.map(({ packageId, backend }) => `${packageId} ${backend}`)).toEqual([
      'a webgpu',
      'a wasm',
      'b webgpu',
      'b wasm',
    ]);
    expect(requests.map(({ download }) => download)).toEqual([true, false, true, false]);
    expect([opened, closed, running]).toEqual([4, 4, null]);
  });

  it('chooses the faster back end, which the next visit starts with, until the user says otherwise', async () => {
    const first = start();
    await first.benchmark.run(plan);
    expect(first.runtime.store.getState()).toMatchObject({
      pinned: 'wasm',
      choice: { name: 'wasm', packages: 2, software: true, times: expect.closeTo(19, 9) },
    });

    const second = start();
    await second.runtime.refresh();
    expect(pinned.at(-1)).toBe('wasm');
    await second.runtime.pin(null);
    expect(start().runtime.store.getState()).toMatchObject({ pinned: null, choice: null });
  });

  it('leaves a fast GPU to the automatic choice, which has a fallback', async () => {
    speed = { webgpu: 5, wasm: 30 };
    const { runtime, benchmark } = start();
    await benchmark.run(plan);
    expect(runtime.store.getState()).toMatchObject({ pinned: null, choice: { name: 'webgpu' } });
    expect(pinned).toEqual([]);
  });

  it('insists on an emulated GPU where that is the faster one, because the automatic choice passes it over', async () => {
    speed = { webgpu: 1900, wasm: 9000 };
    const { runtime, benchmark } = start();
    await benchmark.run(plan);
    expect(runtime.store.getState().pinned).toBe('webgpu');
  });

  it('chooses nothing where one is missing or the difference is small', async () => {
    speed = { webgpu: null, wasm: 30 };
    const { runtime, benchmark } = start();
    await benchmark.run(plan);
    expect(benchmark.store.getState().comparison).toBeNull();
    const failed = benchmark.store.getState().rows.filter(({ result }) => !result.ok);
    expect(failed.map(({ backend }) => backend)).toEqual(['webgpu', 'webgpu']);
    speed = { webgpu: 30, wasm: 31 };
    await benchmark.run(plan);
    expect(benchmark.store.getState().comparison?.clear).toBe(false);
    expect(runtime.store.getState().choice).toBeNull();
  });

  it('keeps what was timed when it is cancelled, and chooses nothing', async () => {
    const { runtime, benchmark } = start();
    const stop = benchmark.store.subscribe(({ rows }) => rows.length === 1 && benchmark.cancel());
    await benchmark.run(plan);
    stop();
    expect(benchmark.store.getState()).toMatchObject({ running: null, cancelled: true });
    expect(benchmark.store.getState().rows).toHaveLength(1);
    expect(runtime.store.getState().choice).toBeNull();
  });
});

it('a choice that is no longer readable is none', () => {
  const storage = new MemoryStorage();
  storage.setItem('lentigo-backend', '{"name":"cpu"}');
  expect(choiceMemory(createLocalStore(() => storage as unknown as Storage)).recall()).toBeNull();
  const barred = choiceMemory(
    createLocalStore(() => {
      throw new Error('SecurityError');
    }),
  );
  expect(barred.recall()).toBeNull();
  expect(() => barred.remember(null)).not.toThrow();
});
