import type { Analysis } from '../../../core/analysis';
import { flaggedAmong, type OtherLesion } from '../../../core/report/other-lesions';

/**
 * Whether an answer has a result; where it has none, its numbers mean little and a case shows none of them.
 */
export const hasResult = ({ outOfDistribution }: Analysis): boolean => !outOfDistribution?.refused;

/** The decision that a case shows: all but a "not flagged" without a result. A flag is shown all the same. */
export function shownDecision(analysis: Analysis): Analysis['decision'] {
  return hasResult(analysis) || analysis.decision?.above ? analysis.decision : null;
}

interface Said {
  analysis: Analysis;
  otherLesions?: readonly OtherLesion[] | undefined;
}

/** Whether an answer flags its lesion, or another one of its photo. */
export const isFlagged = ({ analysis, otherLesions = [] }: Said): boolean =>
  analysis.decision?.above === true || flaggedAmong(otherLesions).length > 0;
