import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Analysis } from '../../../core/analysis';
import type { FailureCode, Result } from '../../../core/failure';
import type { AnalyseRequest, CallOptions, Engine } from '../../../engine/engine';
import type { Runtime } from '../../../runtime/runtime';

export interface RecoveryState {
  /** How often the GPU or the worker was lost and came back. */
  times: number;
  /** The last time: what had happened, and when (milliseconds since 1970). */
  last: { code: FailureCode; at: number } | null;
}

/** An engine's `analyse` that outlives a lost GPU and a dead worker: asked once more, and told. */
export interface Recovery {
  store: StoreApi<RecoveryState>;
  analyse(photo: Blob, request: AnalyseRequest, options?: CallOptions): Promise<Result<Analysis>>;
}

const losses: FailureCode[] = ['device-lost', 'worker-died'];

export function createRecovery(engine: Engine, runtime: Runtime): Recovery {
  const store = createStore<RecoveryState>(() => ({ times: 0, last: null }));

  function note(code: FailureCode): void {
    store.setState(({ times }) => ({ times: times + 1, last: { code, at: Date.now() } }));
    // The engine may have moved to another back end.
    void runtime.refreshBackend();
  }

  return {
    store,
    async analyse(photo, request, options) {
      const first = await engine.analyse(photo, request, options);
      if (first.ok) {
        // The engine itself ran it once more.
        const lost = first.value.degradations.find(({ stage }) => stage === 'network');
        if (lost) note(lost.failure.code);
        return first;
      }
      if (!losses.includes(first.failure.code)) return first;
      note(first.failure.code);
      return engine.analyse(photo, request, options);
    },
  };
}
