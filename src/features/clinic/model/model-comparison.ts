import type { Verdict } from '../../../core/decision/verdict';

/** In what several models differ about the same photo. */
export interface Disagreement {
  /** Some have a confident result, some have none. */
  confidence: boolean;
  /** Of those with a threshold, some flag it and some do not. */
  flag: boolean;
  /** Of those with a result and a threshold, some name a benign class first and some another. */
  malignancy: boolean;
  /** The largest difference between two sums that are flagged, 0 to 1; null with fewer than two. */
  spread: number | null;
}

export function disagreement(verdicts: readonly Verdict[]): Disagreement {
  const differ = (values: readonly boolean[]) => new Set(values).size > 1;
  const flags = verdicts.flatMap(({ flag }) => flag ?? []);
  const named = verdicts.filter(({ flag, noResult }) => flag && !noResult);
  const sums = flags.map(({ probability }) => probability);
  return {
    confidence: differ(verdicts.map(({ noResult }) => noResult === null)),
    flag: differ(flags.map(({ flagged }) => flagged)),
    malignancy: differ(named.map(({ top }) => top.kind !== 'benign')),
    spread: sums.length > 1 ? Math.max(...sums) - Math.min(...sums) : null,
  };
}
