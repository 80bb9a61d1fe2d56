import type { Card } from '../card/card';

export interface ClassProbability {
  /** The class id of the card, for example "mel". */
  id: string;
  logit: number;
  /** Softmax of the logits, before temperature. */
  raw: number;
  /** Softmax of logits / temperature. */
  calibrated: number;
}

export interface Decision {
  /** Class ids whose calibrated probabilities are added up. */
  positive: string[];
  probability: number;
  threshold: number;
  above: boolean;
  /**
   * The sensitivity that the user asked for, 0 to 1; null where the threshold is the card's or the site's
   * own.
   */
  wanted: number | null;
}

/**
 * exp(logit / temperature), normalised to a sum of 1. Subtracting the largest logit keeps exp within range.
 */
export function softmax(logits: readonly number[], temperature = 1): number[] {
  const max = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - max) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * The positive classes' probabilities, added up, against the card's threshold; "above" includes the threshold
 * itself.
 */
export function decide(
  rule: NonNullable<Card['decision']>,
  ids: readonly string[],
  probabilities: readonly number[],
): Decision {
  const probability = sumOf(rule.positive, ids, probabilities);
  return {
    positive: rule.positive,
    probability,
    threshold: rule.threshold,
    above: probability >= rule.threshold,
    wanted: null,
  };
}

/** The coarser answer: one probability a group, the sum of its classes'. */
export function coarseProbabilities(
  coarseClasses: NonNullable<Card['merge']>,
  ids: readonly string[],
  probabilities: readonly number[],
): { id: string; probability: number }[] {
  return coarseClasses.map(({ id, classes }) => ({ id, probability: sumOf(classes, ids, probabilities) }));
}

function sumOf(wanted: readonly string[], ids: readonly string[], probabilities: readonly number[]): number {
  // Rounding may carry a sum of all classes past 1 by one part in 10^16.
  return Math.min(
    1,
    ids.reduce((sum, id, index) => sum + (wanted.includes(id) ? (probabilities[index] ?? 0) : 0), 0),
  );
}
