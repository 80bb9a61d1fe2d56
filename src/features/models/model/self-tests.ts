import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BackendName } from '../../../core/analysis';
import type { Failure } from '../../../core/failure';
import type { Engine, Progress, SelfTest } from '../../../engine/engine';

/** How a package's golden sample came out on one back end, or how far it is. */
export type SelfTestRun =
  /** `software`: the GPU is emulated; null until the back end is up. */
  | { state: 'running'; progress: Progress | null; software: boolean | null }
  | { state: 'done'; test: SelfTest }
  | { state: 'failed'; failure: Failure };

export interface SelfTestsState {
  /** By package id; a back end that was not tried is missing. */
  runs: Readonly<Record<string, Readonly<Partial<Record<BackendName, SelfTestRun>>>>>;
}

/** Golden samples on demand, each in an engine of its own: what the app has loaded stays where it is. */
export interface SelfTests {
  store: StoreApi<SelfTestsState>;
  /** On every back end, one after the other. At most one package at a time; a call meanwhile does nothing. */
  run(packageId: string, backends: readonly BackendName[]): Promise<void>;
  cancel(): void;
}

export function createSelfTests(openEngine: () => Engine): SelfTests {
  const store = createStore<SelfTestsState>(() => ({ runs: {} }));
  let underWay: AbortController | null = null;

  function set(id: string, backend: BackendName, run: SelfTestRun): void {
    store.setState(({ runs }) => ({ runs: { ...runs, [id]: { ...runs[id], [backend]: run } } }));
  }

  return {
    store,
    async run(packageId, backends) {
      if (underWay) return;
      const controller = new AbortController();
      underWay = controller;
      store.setState(({ runs }) => ({ runs: { ...runs, [packageId]: {} } }));
      for (const backend of backends) {
        if (controller.signal.aborted) break;
        set(packageId, backend, { state: 'running', progress: null, software: null });
        const engine = openEngine();
        const cancel = () => engine.close();
        controller.signal.addEventListener('abort', cancel, { once: true });
        const pinned = await engine.pinBackend(backend);
        const software = pinned.ok && pinned.value.software;
        if (pinned.ok) set(packageId, backend, { state: 'running', progress: null, software });
        const result = pinned.ok
          ? await engine.selfTest(packageId, {
              signal: controller.signal,
              onProgress: (progress) => set(packageId, backend, { state: 'running', progress, software }),
            })
          : pinned;
        engine.close();
        const failed = (failure: Failure): SelfTestRun => ({
          state: 'failed',
          failure: controller.signal.aborted ? { code: 'cancelled', detail: {} } : failure,
        });
        set(packageId, backend, result.ok ? { state: 'done', test: result.value } : failed(result.failure));
      }
      underWay = null;
    },
    cancel() {
      underWay?.abort();
    },
  };
}
