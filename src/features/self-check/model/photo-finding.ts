import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { findingOf, type PhotoFinding } from './outcome';
import { isRefused, type SelfCheckState } from './self-check';

/** What the run says of the photo, and the analysis behind it where there is one. */
export function findingOfRun(
  run: SelfCheckState['run'],
  card: Card | null,
): { finding: PhotoFinding; analysis: Analysis | null } {
  if (run?.state === 'done' && card)
    return { finding: findingOf(run.analysis, card), analysis: run.analysis };
  if (run?.state === 'failed' && isRefused(run.failure)) {
    return { finding: { kind: 'not-judged', why: run.failure.code, flagged: false }, analysis: null };
  }
  return { finding: { kind: 'not-asked' }, analysis: null };
}
