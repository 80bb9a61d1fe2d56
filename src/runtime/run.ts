import type { Analysis } from '../core/analysis';
import type { Failure, Result } from '../core/failure';
import type { Progress } from '../engine/engine';

/** One package's answer for one photo, or how far it is. */
export type Run =
  /**
   * `progress` is null while it waits for its turn; `previous` is the answer that it is about to replace;
   * `provisional` is what it answers before the outline.
   */
  | { state: 'running'; progress: Progress | null; previous?: Analysis | null; provisional?: Analysis | null }
  /**
   * `provisional` is what the answer was before the outline, where there was such an answer. `reopened`: it was
   * given at another time, and is shown as it was then.
   */
  | { state: 'done'; analysis: Analysis; provisional?: Analysis | null; reopened?: true }
  /** `previous` is the answer that it was to replace, which stands all the same. */
  | { state: 'failed'; failure: Failure; previous?: Analysis };

/** `previous`: the answer that was there before. */
export const endedRun = (
  result: Result<Analysis>,
  provisional: Analysis | null = null,
  previous: Analysis | null = null,
): Run =>
  result.ok
    ? { state: 'done', analysis: result.value, ...(provisional && { provisional }) }
    : { state: 'failed', failure: result.failure, ...(previous && { previous }) };

/** The answer before the outline, while the run goes on and after it; null if there is none. */
export function provisionalOf(run: Run | undefined): Analysis | null {
  return run === undefined || run.state === 'failed' ? null : (run.provisional ?? null);
}

/**
 * The answer that holds now, even while a newer one is on its way or where that one was cancelled or failed. A
 * provisional one is none.
 */
export function answerOf(run: Run | undefined): Analysis | null {
  return (run?.state === 'done' ? run.analysis : run?.previous) ?? null;
}

/** The answer that holds, where no newer one is on its way. */
export const settledAnswerOf = (run: Run | undefined): Analysis | null =>
  run?.state === 'running' ? null : answerOf(run);

/** The answers of these runs that hold, where no newer one is on its way. */
export const settledAnswersOf = (runs: readonly Run[]): Analysis[] =>
  runs.flatMap((run) => settledAnswerOf(run) ?? []);
