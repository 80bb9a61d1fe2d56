import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { type NamedAnswer, topAnswer } from '../../../core/decision/verdict';

/** What one model says of a photo, as far as models can be held against one another. */
export interface ModelSummary {
  packageId: string;
  /** The most probable answer; null for no confident result. */
  top: NamedAnswer | null;
  /** The sum of its malignant classes, 0 to 1; null where it knows none. */
  malignant: number | null;
  /** Above its own threshold; null without one. */
  flagged: boolean | null;
}

export function summariseModel(card: Card, analysis: Analysis): ModelSummary {
  const probability = (id: string) =>
    analysis.probabilities.find((probability) => probability.id === id)?.calibrated ?? 0;
  const bad = card.classes.filter(({ malignant }) => malignant);
  return {
    packageId: card.id,
    top: topAnswer(card, analysis),
    malignant: bad.length > 0 ? bad.reduce((sum, { id }) => sum + probability(id), 0) : null,
    flagged: analysis.decision?.above ?? null,
  };
}

/** In what several models differ about the same photo. */
export interface Disagreement {
  /** Some have a confident result, some have none. */
  confidence: boolean;
  /** Of those with a threshold, some flag it and some do not. */
  flag: boolean;
  /** Of those with a result that know malignant classes, some name one and some do not. */
  malignancy: boolean;
  /** The largest difference between two sums of malignant classes, 0 to 1; null with fewer than two. */
  spread: number | null;
}

export function disagreement(summaries: readonly ModelSummary[]): Disagreement {
  const differ = (values: readonly boolean[]) => new Set(values).size > 1;
  const sums = summaries.flatMap(({ malignant }) => (malignant === null ? [] : [malignant]));
  const named = summaries.flatMap(({ top, malignant }) => (top && malignant !== null ? [top.malignant] : []));
  return {
    confidence: differ(summaries.map(({ top }) => top !== null)),
    flag: differ(summaries.flatMap(({ flagged }) => (flagged === null ? [] : [flagged]))),
    malignancy: differ(named),
    spread: sums.length > 1 ? Math.max(...sums) - Math.min(...sums) : null,
  };
}
