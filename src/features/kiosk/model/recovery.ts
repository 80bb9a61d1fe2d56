import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Analysis } from '../../../core/analysis';
import type { FailureCode, Result } from '../../../core/failure';
import type { AnalyseRequest, Photo } from '../../../engine/engine';
import { failureKind } from '../../../runtime/failure-kind';
import { type AnalysisServices, type RunAllOptions, runAnalysis } from '../../../runtime/run-analysis';

interface RecoveryState {
  /** How often the GPU or the worker was lost and came back. */
  times: number;
  /** The last time: what had happened, and when (milliseconds since 1970). */
  last: { code: FailureCode; at: number } | null;
}

/** `runAnalysis` that survives a lost GPU and a dead worker: it runs once more and notes the loss. */
export interface Recovery {
  store: StoreApi<RecoveryState>;
  analyse(
    photo: Photo,
    request: AnalyseRequest,
    options?: Omit<RunAllOptions, 'onAnswer'>,
  ): Promise<Result<Analysis>>;
}

export function createRecovery(services: AnalysisServices): Recovery {
  const store = createStore<RecoveryState>(() => ({ times: 0, last: null }));
  const note = (code: FailureCode) =>
    store.setState(({ times }) => ({ times: times + 1, last: { code, at: Date.now() } }));

  return {
    store,
    async analyse(photo, request, options) {
      const first = await runAnalysis(services, photo, request, options);
      if (first.ok) {
        // The engine itself ran it once more.
        const lost = first.value.degradations.find(({ stage }) => stage === 'network');
        if (lost) note(lost.failure.code);
        return first;
      }
      if (failureKind(first.failure) !== 'lost') return first;
      note(first.failure.code);
      return runAnalysis(services, photo, request, options);
    },
  };
}
