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
  | { state: 'failed'; failure: Failure };

export const endedRun = (result: Result<Analysis>, provisional: Analysis | null = null): Run =>
  result.ok
    ? { state: 'done', analysis: result.value, ...(provisional && { provisional }) }
    : { state: 'failed', failure: result.failure };

/** The answer before the outline, while the run goes on and after it; null if there is none. */
export function provisionalOf(run: Run | undefined): Analysis | null {
  return run === undefined || run.state === 'failed' ? null : (run.provisional ?? null);
}

/** The answer that holds now, even while a newer one is on its way. A provisional one is none. */
export function answerOf(run: Run | undefined): Analysis | null {
  if (run?.state === 'done') return run.analysis;
  return run?.state === 'running' ? (run.previous ?? null) : null;
}
