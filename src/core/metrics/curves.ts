import { mean, type Weights } from './confusion';

/**
 * ROC and precision-recall curves and their areas, as scikit-learn has them (checked against it in
 * sklearn.test.ts).
 */

export interface AreasUnderCurve {
  /** Mean over the classes that have an area; null where none has one. */
  macro: number | null;
  /** One class against the rest; null where the truth holds only that class or none of it. */
  perClass: Record<string, number | null>;
}

export interface RocPoint {
  /** "Positive" is said where score >= threshold. Infinity at the first point. */
  threshold: number;
  falsePositiveRate: number;
  truePositiveRate: number;
}

export interface PrecisionRecallPoint {
  threshold: number;
  precision: number;
  recall: number;
}

/** Images in falling order of a score, sorted once so that every bootstrap draw is one walk over them. */
export interface Ranking {
  /** Indices of images, by falling score. */
  order: Uint32Array;
  /** Where each run of equal scores ends in `order` (exclusive). */
  ends: Uint32Array;
  positive: readonly boolean[];
  scores: readonly number[];
}

export function rank(scores: readonly number[], positive: readonly boolean[]): Ranking {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const ends: number[] = [];
  for (let at = 1; at <= order.length; at++) {
    const before = scores[order[at - 1] as number];
    if (at === order.length || scores[order[at] as number] !== before) ends.push(at);
  }
  return { order, ends: Uint32Array.from(ends), positive, scores };
}

/**
 * Area under the ROC curve: the chance that a positive scores above a negative, ties counting half
 * (Mann-Whitney U; Hanley and McNeil 1982). NaN where there is no positive or no negative.
 */
export function rankedAuc(ranking: Ranking, weights?: Weights): number {
  let found = 0;
  let passed = 0;
  let pairs = 0;
  walkRanking(ranking, weights, (positives, negatives) => {
    pairs += negatives * (found + positives / 2);
    found += positives;
    passed += negatives;
  });
  return pairs / (found * passed);
}

/**
 * Average precision: precision at each threshold, weighted by the rise in recall since the one before,
 * without interpolation. NaN where there is no positive.
 */
export function rankedAveragePrecision(ranking: Ranking, weights?: Weights): number {
  let found = 0;
  let predicted = 0;
  let area = 0;
  walkRanking(ranking, weights, (positives, negatives) => {
    found += positives;
    predicted += positives + negatives;
    if (positives > 0) area += (positives * found) / predicted;
  });
  return area / found;
}

/** Null where there is no positive or no negative. */
export function areaUnderCurve(scores: readonly number[], positive: readonly boolean[]): number | null {
  return orNull(rankedAuc(rank(scores, positive)));
}

/** Null where there is no positive. */
export function averagePrecision(scores: readonly number[], positive: readonly boolean[]): number | null {
  return orNull(rankedAveragePrecision(rank(scores, positive)));
}

/** One area a class, one against the rest. `probabilities` has a row an image, in the order of `labels`. */
export function areasUnderCurve(
  labels: readonly string[],
  truth: readonly string[],
  probabilities: readonly (readonly number[])[],
): AreasUnderCurve {
  const areas = labels.map((label, column) =>
    areaUnderCurve(
      probabilities.map((row) => row[column] as number),
      truth.map((trueLabel) => trueLabel === label),
    ),
  );
  const defined = areas.filter((area) => area !== null);
  return {
    macro: defined.length === 0 ? null : mean(defined),
    perClass: Object.fromEntries(labels.map((label, index) => [label, areas[index] ?? null])),
  };
}

/** From (0, 0) to (1, 1), one point a distinct score. Empty where there is no positive or no negative. */
export function rocCurve(scores: readonly number[], positive: readonly boolean[]): RocPoint[] {
  const positives = positive.filter(Boolean).length;
  const negatives = positive.length - positives;
  if (positives === 0 || negatives === 0) return [];
  const points: RocPoint[] = [
    { threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, truePositiveRate: 0 },
  ];
  let found = 0;
  let alarms = 0;
  walkRanking(rank(scores, positive), undefined, (more, alarm, threshold) => {
    found += more;
    alarms += alarm;
    points.push({ threshold, falsePositiveRate: alarms / negatives, truePositiveRate: found / positives });
  });
  return points;
}

/**
 * By falling threshold, so by rising recall, one point a distinct score. Empty where there is no positive.
 */
export function precisionRecallCurve(
  scores: readonly number[],
  positive: readonly boolean[],
): PrecisionRecallPoint[] {
  const positives = positive.filter(Boolean).length;
  if (positives === 0) return [];
  const points: PrecisionRecallPoint[] = [];
  let found = 0;
  let predicted = 0;
  walkRanking(rank(scores, positive), undefined, (more, alarm, threshold) => {
    found += more;
    predicted += more + alarm;
    points.push({ threshold, precision: found / predicted, recall: found / positives });
  });
  return points;
}

/** At most `most` of the points, the first and the last among them, evenly spread: enough for a plot. */
export function thinned<Point>(points: readonly Point[], max = 300): Point[] {
  if (points.length <= max) return [...points];
  const step = (points.length - 1) / (max - 1);
  return Array.from({ length: max }, (_, index) => points[Math.round(index * step)] as Point);
}

/**
 * Calls back once a distinct score, from the highest on, with the weights of the positives and negatives that
 * have it.
 */
export function walkRanking(
  { order, ends, positive, scores }: Ranking,
  weights: Weights | undefined,
  visit: (positives: number, negatives: number, threshold: number) => void,
): void {
  let at = 0;
  for (const end of ends) {
    let positives = 0;
    let negatives = 0;
    const threshold = scores[order[at] as number] as number;
    for (; at < end; at++) {
      const image = order[at] as number;
      const weight = weights?.[image] ?? 1;
      if (positive[image]) positives += weight;
      else negatives += weight;
    }
    visit(positives, negatives, threshold);
  }
}

const orNull = (value: number) => (Number.isNaN(value) ? null : value);
