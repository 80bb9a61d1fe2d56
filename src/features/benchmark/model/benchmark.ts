import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BackendName } from '../../../core/analysis';
import { failure, type Result } from '../../../core/failure';
import type { BenchmarkResult, Engine, Progress } from '../../../engine/engine';
import type { Runtime } from '../../../runtime/runtime';
import { type BenchmarkComparison, compareBackends } from './comparison';
import { latencyOf } from './latency';

/** One package on one back end. */
export interface BenchmarkRow {
  packageId: string;
  backend: BackendName;
  result: Result<BenchmarkResult>;
}

export interface BenchmarkState {
  /** What runs now; null where nothing does. */
  running: { packageId: string; backend: BackendName; progress: Progress | null } | null;
  /** Of the run now, or of the last one. */
  total: number;
  rows: readonly BenchmarkRow[];
  cancelled: boolean;
  /** Of the back ends, once everything ran; null where no package ran on both. */
  comparison: BenchmarkComparison | null;
}

interface BenchmarkPlan {
  packageIds: readonly string[];
  backends: readonly BackendName[];
}

/** How much is timed: enough for a median, soon enough to wait for. */
export const defaultLimits = { maxPasses: 50, timeoutMs: 4000 };

export interface Benchmark {
  store: StoreApi<BenchmarkState>;
  /**
   * In the place of the last run; nothing happens while one is under way. The faster back end is chosen where
   * one clearly is.
   */
  run(plan: BenchmarkPlan): Promise<void>;
  /** Ends the run under way; what was timed so far stays. */
  cancel(): void;
}

const idle = { running: null, total: 0, rows: [], cancelled: false, comparison: null };

/**
 * Times packages on this machine. Each of them runs on each back end in an engine of its own, so that a first
 * pass is a first pass, no run has another's memory, and what the app has loaded stays where it is.
 */
export function createBenchmark(openEngine: () => Engine, runtime: Runtime): Benchmark {
  const store = createStore<BenchmarkState>(() => idle);
  let underWay: AbortController | null = null;

  async function measure(
    packageId: string,
    backend: BackendName,
    download: boolean,
    signal: AbortSignal,
  ): Promise<Result<BenchmarkResult>> {
    const engine = openEngine();
    const cancel = () => engine.close();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const pinned = await engine.pinBackend(backend);
      if (!pinned.ok) return pinned;
      return await engine.benchmark(
        { packageId, download, ...defaultLimits },
        { signal, onProgress: (progress) => store.setState({ running: { packageId, backend, progress } }) },
      );
    } finally {
      signal.removeEventListener('abort', cancel);
      engine.close();
    }
  }

  return {
    store,
    async run({ packageIds, backends }) {
      if (underWay) return;
      const controller = new AbortController();
      underWay = controller;
      const steps = packageIds.flatMap((packageId) => backends.map((backend) => ({ packageId, backend })));
      store.setState({ ...idle, total: steps.length });
      for (const { packageId, backend } of steps) {
        store.setState({ running: { packageId, backend, progress: null } });
        // The network is the same for every back end: once is enough.
        const known = store.getState().rows.some((row) => row.packageId === packageId && row.result.ok);
        const result = await measure(packageId, backend, !known, controller.signal).catch((error: unknown) =>
          failure('internal', { reason: String(error) }),
        );
        if (controller.signal.aborted) break;
        store.setState(({ rows }) => ({ rows: [...rows, { packageId, backend, result }] }));
      }
      underWay = null;
      const { rows } = store.getState();
      const comparison = comparisonOf(rows);
      store.setState({ running: null, cancelled: controller.signal.aborted, comparison });
      if (comparison?.clear && !controller.signal.aborted) await choose(runtime, comparison, rows);
    },
    cancel() {
      underWay?.abort();
    },
  };
}

/** Which back end is the faster one over what ran on both. */
export function comparisonOf(rows: readonly BenchmarkRow[]): BenchmarkComparison | null {
  return compareBackends(
    rows.flatMap(({ packageId, backend, result }) =>
      result.ok ? [{ packageId, backend, median: latencyOf(result.value.steady).median }] : [],
    ),
  );
}

async function choose(
  runtime: Runtime,
  comparison: BenchmarkComparison,
  rows: readonly BenchmarkRow[],
): Promise<void> {
  const onGpu = rows.find(({ backend, result }) => backend === 'webgpu' && result.ok)?.result;
  if (!onGpu?.ok) return;
  const { adapter, software } = onGpu.value.backend;
  const { faster: name, times, packages } = comparison;
  await runtime.applyBenchmarkChoice({
    name,
    times,
    packages,
    adapter,
    software,
    at: new Date().toISOString(),
  });
}
