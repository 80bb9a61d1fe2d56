import type { StoreApi } from 'zustand/vanilla';
import type { EvaluationArchive } from './archive';
import type { EvaluationRun } from './run';
import { say } from './said';
import type { EvaluationState } from './state';

/** Keeps the run on show as it goes on. */
export interface RunKeeper {
  /** A new one: until the browser has taken it, it is written as one that is not there. A claimed part is there. */
  begin(run: EvaluationRun): Promise<void>;
  /** Shows the run, among the earlier ones too, and writes it; what is not kept holds for this visit. */
  save(run: EvaluationRun): Promise<void>;
  /** Tries again with one that the browser has not taken yet. */
  saveIfMissing(run: EvaluationRun): Promise<void>;
  /** Says that another tab removed it. What is on show stays until it is left. */
  removed(runId: string): void;
}

export function createRunKeeper(
  store: StoreApi<EvaluationState>,
  archive: Pick<EvaluationArchive, 'putRun' | 'changeRun'>,
  tell: () => void,
): RunKeeper {
  /** Runs that this browser has not taken yet. */
  const missing = new Set<string>();

  async function write(run: EvaluationRun): Promise<void> {
    if (!missing.has(run.id)) {
      if (!(await archive.changeRun(run))) removed(run.id);
      return;
    }
    await archive.putRun(run);
    missing.delete(run.id);
  }

  async function save(run: EvaluationRun): Promise<void> {
    store.setState(({ earlier }) => ({
      run,
      earlier: [run, ...earlier.filter(({ id }) => id !== run.id)].sort((a, b) =>
        a.createdAt < b.createdAt ? 1 : -1,
      ),
    }));
    await write(run).catch((error: unknown) => say(store, error));
    tell();
  }

  function removed(runId: string): void {
    store.setState(({ run, earlier }) => ({
      elsewhere: run?.id === runId ? 'removed' : null,
      earlier: earlier.filter(({ id }) => id !== runId),
    }));
  }

  return {
    begin(run) {
      if (!run.part) missing.add(run.id);
      return save(run);
    },
    save,
    async saveIfMissing(run) {
      if (missing.has(run.id)) await save(run);
    },
    removed,
  };
}
