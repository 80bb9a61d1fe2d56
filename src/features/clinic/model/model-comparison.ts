import type { Card } from '../../../core/card/card';
import { inOrder } from '../../../core/card/recommended';
import type { Verdict } from '../../../core/decision/verdict';
import { answerOf } from '../../../runtime/run';
import type { WorkbenchPhoto } from './workbench-photo';

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

/** Whether the models part: on the flag, on benign or not, or on having a result. */
export const parts = ({ flag, malignancy, confidence }: Disagreement): boolean =>
  flag || malignancy || confidence;

/**
 * The other models for the same kind of photo, in the order in which they are offered: what the rest say of
 * it means nothing.
 */
export const othersOf = (cards: readonly Card[], { id, domain }: Card): Card[] =>
  inOrder(cards, domain).filter((other) => other.id !== id);

/** A model and those that stand beside it: they were asked for, or have an answer for this photo already. */
export function comparedCards(
  { runs }: Pick<WorkbenchPhoto, 'runs'>,
  cards: readonly Card[],
  card: Card,
  compareWithIds: readonly string[],
): Card[] {
  const beside = ({ id }: Card) => compareWithIds.includes(id) || answerOf(runs[id]) !== null;
  return [card, ...othersOf(cards, card).filter(beside)];
}
