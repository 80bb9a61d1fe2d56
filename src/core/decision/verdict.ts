import type { Analysis } from '../analysis';
import type { Card } from '../card/card';
import { type ClassProbability, coarseProbabilities } from './probability';

/** What an analysis lets us say. "No confident result" is a result of its own, and comes before any number. */
export type Verdict =
  | { kind: 'no-result'; why: 'out-of-distribution' | 'empty-set' }
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
  if (outOfDistribution?.refused) return { kind: 'no-result', why: 'out-of-distribution' };
  if (hasSets && conformalSet.length === 0) return { kind: 'no-result', why: 'empty-set' };
  return {
    kind: 'answer',
    mostProbable: probabilities.reduce((best, probability) =>
      probability.calibrated > best.calibrated ? probability : best,
    ).id,
  };
}

/** An answer that a card can give: one of its classes, or several that it merges. */
export interface NamedAnswer {
  id: string;
  name: Card['title'];
  /** One of its classes is. */
  malignant: boolean;
  /** Calibrated, 0 to 1. */
  probability: number;
}

/** The merged answers in the order of the card; its classes where it merges none. `values`: one a class, in the order of the card. */
export function coarseAnswers(
  { classes, merge: coarseClasses }: Pick<Card, 'classes' | 'merge'>,
  values: readonly number[],
): NamedAnswer[] {
  const all = coarseClasses ?? classes.map(({ id, name }) => ({ id, name, classes: [id] }));
  const sums = coarseProbabilities(
    all,
    classes.map(({ id }) => id),
    values,
  );
  return all.map(({ id, name, classes: parts }, index) => ({
    id,
    name,
    malignant: classes.some((cardClass) => cardClass.malignant && parts.includes(cardClass.id)),
    probability: sums[index]?.probability ?? 0,
  }));
}

/** The calibrated probabilities in the order of a card's classes. */
export function calibratedBy(
  { classes }: Pick<Card, 'classes'>,
  probabilities: readonly ClassProbability[],
): number[] {
  return classes.map(({ id }) => probabilities.find((probability) => probability.id === id)?.calibrated ?? 0);
}

/** The answer in a word; null for no confident result. Of two names for one thing neither is left behind for having half of it. */
export function topAnswer(
  card: Pick<Card, 'classes' | 'merge' | 'calibration'>,
  analysis: Parameters<typeof verdictOf>[0],
): NamedAnswer | null {
  if (verdictOf(analysis, card.calibration != null).kind === 'no-result') return null;
  const answers = coarseAnswers(card, calibratedBy(card, analysis.probabilities));
  return answers.reduce((best, answer) => (answer.probability > best.probability ? answer : best));
}
