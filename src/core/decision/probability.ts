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
}

/** exp(logit / temperature), normalised to a sum of 1. Subtracting the largest logit keeps exp within range. */
export function softmax(logits: readonly number[], temperature = 1): number[] {
  const max = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - max) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * The conformal prediction set by the "least ambiguous set-valued classifier" (Sadinle, Lei and Wasserman, JASA 114, 2019): every
 * class with a probability of at least 1 - quantile, most probable first. It can be empty: then no class conforms.
 */
export function conformalSet(
  ids: readonly string[],
  probabilities: readonly number[],
  quantile: number,
): string[] {
  return ids
    .map((id, index) => ({ id, probability: probabilities[index] ?? 0 }))
    .filter(({ probability }) => probability >= 1 - quantile)
    .sort((a, b) => b.probability - a.probability)
    .map(({ id }) => id);
}

/** The positive classes' probabilities, added up, against the card's threshold; "above" includes the threshold itself. */
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

/**
 * The sensitivity that a threshold was set to reach, from the words that `lentigo export` writes in a card ("sensitivity 0.90 on
 * validation"), so that they can be said in any language; null for a rule in other words.
 */
export function targetSensitivity(rule: string): number | null {
  const [, share] = /^sensitivity (0\.\d+) on validation$/.exec(rule) ?? [];
  return share === undefined ? null : Number(share);
}
