import type { Analysis } from './analysis';

/** What an analysis lets us say. "No confident result" is a result of its own, and comes before any number. */
export type Verdict =
  | { kind: 'no-result'; why: 'unfamiliar' | 'empty-set' }
  | { kind: 'answer'; mostProbable: string };

/** `hasSets`: whether the card knows conformal sets; without, an empty set says nothing. Throws when there are no probabilities. */
export function verdictOf(
  {
    outOfDistribution,
    conformalSet,
    probabilities,
  }: Pick<Analysis, 'outOfDistribution' | 'conformalSet' | 'probabilities'>,
  hasSets: boolean,
): Verdict {
  if (outOfDistribution?.refused) return { kind: 'no-result', why: 'unfamiliar' };
  if (hasSets && conformalSet.length === 0) return { kind: 'no-result', why: 'empty-set' };
  return {
    kind: 'answer',
    mostProbable: probabilities.reduce((best, one) => (one.calibrated > best.calibrated ? one : best)).id,
  };
}
