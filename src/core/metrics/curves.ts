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
  /** In the order of `order`: 1 for a positive. */
  positive: Uint8Array;
  /** The score of each run. */
  thresholds: Float64Array;
}

export function rank(scores: readonly number[], positive: readonly boolean[]): Ranking {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const ends: number[] = [];
  for (let at = 1; at <= order.length; at++) {
    const before = scores[order[at - 1] as number];
    if (at === order.length || scores[order[at] as number] !== before) ends.push(at);
  }
  return {
    order,
    ends: Uint32Array.from(ends),
    positive: Uint8Array.from(order, (image) => Number(positive[image])),
    thresholds: Float64Array.from(ends, (end) => scores[order[end - 1] as number] as number),
  };
}

/** Both areas of one ranking. */
export interface RankedAreas {
  /**
   * Area under the ROC curve: the chance that a positive scores above a negative, ties counting half
   * (Mann-Whitney U; Hanley and McNeil 1982). NaN where there is no positive or no negative.
   */
  auc: number;
  /**
   * Average precision: precision at each threshold, weighted by the rise in recall since the one before,
   * without interpolation. NaN where there is no positive.
   */
  averagePrecision: number;
}

/**
 * One walk for both, without a call for each score: draws over an archive of 50,000 photos spend their time
 * here.
 */
export function rankedAreas({ order, ends, positive }: Ranking, weights?: Weights): RankedAreas {
  let [found, passed, pairs, area] = [0, 0, 0, 0];
  let at = 0;
  for (let run = 0; run < ends.length; run++) {
    const end = ends[run] as number;
    let [positives, negatives] = [0, 0];
    for (; at < end; at++) {
      const weight = weights === undefined ? 1 : (weights[order[at] as number] as number);
      if (positive[at] === 1) positives += weight;
      else negatives += weight;
    }
    pairs += negatives * (found + positives / 2);
    found += positives;
    passed += negatives;
    if (positives > 0) area += (positives * found) / (found + passed);
  }
  return { auc: pairs / (found * passed), averagePrecision: area / found };
}

/** Null where there is no positive or no negative. */
export function areaUnderCurve(scores: readonly number[], positive: readonly boolean[]): number | null {
  return orNull(rankedAreas(rank(scores, positive)).auc);
}

/** Null where there is no positive. */
export function averagePrecision(scores: readonly number[], positive: readonly boolean[]): number | null {
  return orNull(rankedAreas(rank(scores, positive)).averagePrecision);
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
  { order, ends, positive, thresholds }: Ranking,
  weights: Weights | undefined,
  visit: (positives: number, negatives: number, threshold: number) => void,
): void {
  let at = 0;
  for (let run = 0; run < ends.length; run++) {
    const end = ends[run] as number;
    let positives = 0;
    let negatives = 0;
    for (; at < end; at++) {
      const weight = weights === undefined ? 1 : (weights[order[at] as number] as number);
      if (positive[at] === 1) positives += weight;
      else negatives += weight;
    }
    visit(positives, negatives, thresholds[run] as number);
  }
}

const orNull = (value: number) => (Number.isNaN(value) ? null : value);
