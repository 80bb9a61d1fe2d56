import type { Conformal } from '../card/card';
import { argmax } from '../metrics/confusion';

/** The classes that cannot be ruled out. */
export interface PredictionSet {
  /** Class ids, the most probable first. Never empty. */
  classes: string[];
  /** No class was probable enough, and the most probable one stands in. */
  unsure: boolean;
}

/**
 * The conformal prediction set: every class with a probability of at least 1 - its quantile. With a quantile
 * for each class the promise holds for each class by itself (Mondrian conformal prediction: Vovk, ACML 2012;
 * Sadinle, Lei and Wasserman, JASA 114, 2019, section 2.3, on class-specific coverage). A set that would be
 * empty holds the most probable class and is called unsure. `probabilities`: calibrated, one for each of
 * `classes`, in their order.
 */
export function predictionSet(
  classes: Conformal['classes'],
  probabilities: readonly number[],
): PredictionSet {
  const conforming = conformingClasses(classes, probabilities);
  if (conforming.length > 0) return { classes: conforming, unsure: false };
  const mostProbable = classes[argmax(probabilities)]?.class;
  return { classes: mostProbable === undefined ? [] : [mostProbable], unsure: true };
}

/**
 * The set before an empty one is filled, which is what coverage is measured of: class ids, the most probable
 * first.
 */
export function conformingClasses(classes: Conformal['classes'], probabilities: readonly number[]): string[] {
  return classes
    .map((entry, index) => ({ ...entry, probability: probabilities[index] ?? 0 }))
    .filter(({ probability, quantile }) => probability >= 1 - quantile)
    .sort((a, b) => b.probability - a.probability)
    .map((entry) => entry.class);
}
