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

/**
 * Fewer photos of a class than this are fitted together with others: their quantile alone would say nothing.
 */
const minOwnPhotos = 50;

/**
 * A quantile for each class: the ceil((n + 1) coverage)-th smallest of 1 - p(true class) over its n photos,
 * which keeps the promise for any n (Angelopoulos and Bates, "A gentle introduction to conformal prediction",
 * 2021, section 1); 1, every photo, where n is too small for that. Classes with fewer than `minOwnPhotos` are
 * fitted together, with the smallest of the others where they still have too few. `truth`: class indices;
 * `probabilities`: a row for each photo, in the order of `ids`.
 */
export function fitConformal(
  ids: readonly string[],
  truth: readonly number[],
  probabilities: readonly (readonly number[])[],
  coverage: number,
): Conformal['classes'] {
  const scores = ids.map(() => [] as number[]);
  truth.forEach((label, row) => {
    scores[label]?.push(1 - (probabilities[row]?.[label] ?? 0));
  });
  const pooled = pooledClasses(scores.map(({ length }) => length));
  return ids.map((id, index) => {
    const group = pooled.includes(index) ? pooled : [index];
    return {
      class: id,
      quantile: quantileOf(
        group.flatMap((member) => scores[member] ?? []),
        coverage,
      ),
      count: scores[index]?.length ?? 0,
      pooledWith: group.filter((member) => member !== index).map((member) => ids[member] as string),
    };
  });
}

/**
 * Indices of the classes that are too small to stand alone, joined by larger ones until together they are
 * not.
 */
function pooledClasses(counts: readonly number[]): number[] {
  const bySize = counts.map((_, index) => index).sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0));
  const pooled: number[] = [];
  let photos = 0;
  for (const index of bySize) {
    const count = counts[index] ?? 0;
    const done = pooled.length === 0 || (pooled.length > 1 && photos >= minOwnPhotos);
    if (count >= minOwnPhotos && done) break;
    pooled.push(index);
    photos += count;
  }
  return pooled;
}

function quantileOf(scores: readonly number[], coverage: number): number {
  const sorted = [...scores].sort((a, b) => a - b);
  const rank = Math.ceil((sorted.length + 1) * coverage - 1e-9);
  return sorted[rank - 1] ?? 1;
}
