import type { Weights } from './confusion';

/** Where the line is drawn on a score, and what that costs. */

export interface ConfusionAtThreshold {
  threshold: number;
  truePositives: number;
  falsePositives: number;
  trueNegatives: number;
  falseNegatives: number;
  /** NaN where there is no positive. */
  sensitivity: number;
  /** NaN where there is no negative. */
  specificity: number;
}

/** "Positive" is said where score >= threshold. */
export function confusionAt(
  scores: readonly number[],
  positive: readonly boolean[],
  threshold: number,
  weights?: Weights,
): ConfusionAtThreshold {
  let [truePositives, falsePositives, trueNegatives, falseNegatives] = [0, 0, 0, 0];
  for (let index = 0; index < scores.length; index++) {
    const weight = weights?.[index] ?? 1;
    const predicted = (scores[index] as number) >= threshold;
    if (positive[index]) {
      if (predicted) truePositives += weight;
      else falseNegatives += weight;
    } else if (predicted) falsePositives += weight;
    else trueNegatives += weight;
  }
  return {
    threshold,
    truePositives,
    falsePositives,
    trueNegatives,
    falseNegatives,
    sensitivity: truePositives / (truePositives + falseNegatives),
    specificity: trueNegatives / (trueNegatives + falsePositives),
  };
}

/**
 * What an answer is worth where a share `prevalence` (0 to 1) of those who are looked at has it, by Bayes'
 * theorem: the positive and the negative predictive value. NaN where no such answer is ever given.
 */
export function predictiveValues(
  { sensitivity, specificity }: Pick<ConfusionAtThreshold, 'sensitivity' | 'specificity'>,
  prevalence: number,
): { ppv: number; npv: number } {
  const hits = sensitivity * prevalence;
  const alarms = (1 - specificity) * (1 - prevalence);
  const clears = specificity * (1 - prevalence);
  const misses = (1 - sensitivity) * prevalence;
  return { ppv: hits / (hits + alarms), npv: clears / (clears + misses) };
}
