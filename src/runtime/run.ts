import type { Analysis } from '../core/analysis';
import type { Failure, Result } from '../core/failure';
import type { Progress } from '../engine/engine';

/** One package's answer for one photo, or how far it is. */
export type Run =
  /** `progress` is null while it waits for its turn; `previous` is the answer that it is about to replace. */
  | { state: 'running'; progress: Progress | null; previous?: Analysis | null }
  | { state: 'done'; analysis: Analysis }
  | { state: 'failed'; failure: Failure };

export const endedRun = (result: Result<Analysis>): Run =>
  result.ok ? { state: 'done', analysis: result.value } : { state: 'failed', failure: result.failure };

/** The answer that holds now, even while a newer one is on its way. */
export function answerOf(run: Run | undefined): Analysis | null {
  if (run?.state === 'done') return run.analysis;
  return run?.state === 'running' ? (run.previous ?? null) : null;
}
