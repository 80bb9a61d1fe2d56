import type { Conformal, Kind } from '../card/card';

/**
 * Fits the quantiles of prediction sets: the same rules as training's
 * (training/lentigo/evaluation/conformal.py), so that a calibration of a site and an imported model's card
 * promise what every other card promises.
 */

/**
 * Photos of a class. With fewer its quantile is chance, and the class shares that of others of its kind.
 */
const minOwnPhotos = 30;

/** How often, over all fits, a class that must not be missed is covered as promised. */
const confidence = 0.9;

export interface ConformalTarget {
  classes: readonly { id: string; kind: Kind }[];
  /** The share of photos of each class whose set is meant to hold it, 0 to 1. */
  coverage: number;
}

/** n photos with a known diagnosis. */
export interface ConformalSample {
  /** n class indices. */
  truth: readonly number[];
  /** n rows, calibrated, in the order of the classes. */
  probabilities: readonly (readonly number[])[];
  /** n names of what belongs together: the lesion, the patient, or the photo itself. */
  groups: readonly string[];
}

/**
 * A quantile for each class. Classes with fewer than `minOwnPhotos` photos are pooled: with each other within
 * their kind, and where that is still too few, with every class of their kind. Never across kinds: common
 * nevi would make up for missed melanomas. A class that is not benign leaves a margin for the number of
 * lesions, because photos of one lesion are alike.
 */
export function fitConformal(
  { classes, coverage }: ConformalTarget,
  { truth, probabilities, groups }: ConformalSample,
): Conformal['classes'] {
  const counts = classes.map((_, index) => truth.filter((label) => label === index).length);
  return classes.map(({ id, kind }, index) => {
    const pool = poolOf(index, classes, counts);
    const rows = truth.flatMap((label, row) => (pool.includes(label) ? [row] : []));
    const scores = rows.map((row) => 1 - (probabilities[row]?.[truth[row] as number] ?? 0));
    const lesions = new Set(rows.map((row) => groups[row])).size;
    return {
      class: id,
      quantile: quantileOf(scores, kind === 'benign' ? coverage : confidentLevel(lesions, coverage)),
      count: counts[index] as number,
      pooledWith: pool.flatMap((member) => (member === index ? [] : (classes[member]?.id ?? []))),
    };
  });
}

/** Indices of the classes that are fitted together with class `index`, itself among them. */
function poolOf(index: number, classes: ConformalTarget['classes'], counts: readonly number[]): number[] {
  const countOf = (other: number) => counts[other] as number;
  if (countOf(index) >= minOwnPhotos) return [index];
  const sameKind = classes.flatMap(({ kind }, other) => (kind === classes[index]?.kind ? [other] : []));
  const few = sameKind.filter((other) => countOf(other) < minOwnPhotos);
  const together = few.reduce((sum, other) => sum + countOf(other), 0);
  return together >= minOwnPhotos ? few : sameKind;
}

/**
 * The level of a quantile of `count` scores that covers `coverage` in `confidence` of all fits, 0 to 1.
 *
 * The k-th smallest of n scores covers a Beta(k, n + 1 - k) share of new ones, which is at least `coverage`
 * with probability P(Binomial(n, coverage) < k) (Vovk, ACML 2012, proposition 2a). The level is k / (n + 1)
 * for the smallest such k, and 1 where no k is enough.
 */
export function confidentLevel(count: number, coverage: number): number {
  if (coverage >= 1) return 1;
  // In logarithms: (1 - coverage)^count alone is 0 for a few hundred photos.
  let logTerm = count * Math.log1p(-coverage);
  let below = Math.exp(logTerm);
  for (let rank = 1; rank <= count; rank++) {
    if (below >= confidence) return rank / (count + 1);
    logTerm += Math.log((count - rank + 1) / rank) + Math.log(coverage) - Math.log1p(-coverage);
    below += Math.exp(logTerm);
  }
  return 1;
}

/**
 * The ceil((n + 1) level)-th smallest of n scores, which keeps the promise for any n (Angelopoulos and Bates,
 * "A gentle introduction to conformal prediction", 2021, section 1); 1, always in the set, where n is too
 * small for that.
 */
function quantileOf(scores: readonly number[], level: number): number {
  const sorted = [...scores].sort((a, b) => a - b);
  const score = sorted[Math.ceil((sorted.length + 1) * level - 1e-9) - 1];
  // Rounded upwards: never less cover than promised.
  return score === undefined ? 1 : Math.min(1, Math.ceil(score * 1e6) / 1e6);
}
