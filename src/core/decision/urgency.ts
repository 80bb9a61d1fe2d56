import type { Analysis } from '../analysis';
import { filledSet } from './class-list';

/** What of an answer says how much it is to worry about. */
export interface Urgent {
  /** Null where the package has no threshold. */
  flag: { flagged: boolean; probability: number; threshold: number } | null;
  noResult: boolean;
  unsure: boolean;
}

/**
 * Which of several answers for one thing stands for it: that with the largest number. A flag comes first, said without
 * a result too, and of two the one farther over its threshold. Then "no confident result": nothing is ruled out, so
 * that a "not flagged" of another model or lesion, which comforts, must not stand in its place. Then an answer that no
 * threshold judged, for the same reason: it has neither flag nor comfort. Then a "not flagged" that is unsure, and last
 * one that is not.
 */
export function urgencyOf({ flag, noResult, unsure }: Urgent): number {
  // A sum and its threshold are shares: what is between them is at most 1, so that no step reaches into another.
  const margin = flag ? flag.probability - flag.threshold : 0;
  if (flag?.flagged) return 3 + margin;
  if (noResult) return 2;
  // Below the threshold the margin is negative: an unsure "not flagged" stays under this.
  if (!flag) return 1;
  return (unsure ? 1 : 0) + margin;
}

/** Of an answer as it is decided. */
export const urgencyOfAnalysis = (analysis: Analysis): number =>
  urgencyOf({
    flag: analysis.decision && { ...analysis.decision, flagged: analysis.decision.above },
    noResult: analysis.outOfDistribution?.refused ?? false,
    unsure: filledSet(analysis).unsure,
  });
