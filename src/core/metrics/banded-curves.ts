import { type BootstrapOptions, defaultResamples, draws, quantile } from './bootstrap';
import type { Weights } from './confusion';
import { precisionRecallCurve, type Ranking, rank, rocCurve, thinned } from './curves';
import { netBenefit } from './net-benefit';

/**
 * ROC, precision-recall and decision curves with pointwise 95 % bands, small enough to be handed on: nothing
 * in them names an image. Bands are percentiles of bootstrap draws over groups (bootstrap.ts); those of the
 * ROC at fixed false positive rates (vertical averaging: Fawcett, Pattern Recognition Letters 27, 2006,
 * section 7), those of precision at fixed recalls, those of net benefit at fixed thresholds.
 */

/** Of the curve: x and y. */
export type CurvePoint = [x: number, y: number];
/** Of the band: x and both ends of y. */
export type BandPoint = [x: number, low: number, high: number];

export interface BandedCurve {
  points: CurvePoint[];
  band: BandPoint[];
}

/** What is called positive, and how one model tells it from the rest. */
export interface TargetCurves {
  /** Class ids, whose probabilities are added up. */
  positive: string[];
  positives: number;
  negatives: number;
  /** x: false positive rate, y: true positive rate. */
  roc: BandedCurve;
  /** x: recall, y: precision. */
  precisionRecall: BandedCurve;
  /** x: threshold, y: net benefit. */
  netBenefit: BandedCurve;
}

export interface CurveTarget {
  positive: string[];
  scores: readonly number[];
  isPositive: readonly boolean[];
}

const maxPoints = 101;
const rates = Array.from({ length: 51 }, (_, index) => index / 50);
const thresholds = Array.from({ length: 49 }, (_, index) => (index + 1) / 50);

/** The curves of each target that has images on both sides, all on the same draws. */
export function bandedCurves(
  targets: readonly CurveTarget[],
  groups: readonly string[],
  { resamples = defaultResamples, seed = 1, onDraw }: BootstrapOptions = {},
): TargetCurves[] {
  const known = targets
    .filter(({ isPositive }) => isPositive.includes(true) && isPositive.includes(false))
    .map((target) => ({
      target,
      ranking: rank(target.scores, target.isPositive),
      drawn: { roc: columns(rates), precision: columns(rates), benefit: columns(thresholds) },
    }));
  if (known.length === 0) return [];
  let done = 0;
  for (const weights of draws(groups, resamples, seed)) {
    onDraw?.(++done, resamples);
    for (const { ranking, drawn } of known) {
      const walked = walkOnGrid(ranking, weights);
      if (!walked) continue;
      walked.roc.forEach((value, index) => {
        drawn.roc[index]?.push(value);
      });
      walked.precision.forEach((value, index) => {
        drawn.precision[index]?.push(value);
      });
      walked.benefit.forEach((value, index) => {
        drawn.benefit[index]?.push(value);
      });
    }
  }
  return known.map(({ target: { positive, scores, isPositive }, ranking, drawn }) => {
    const positives = isPositive.filter(Boolean).length;
    const roc = thinned(rocCurve(scores, isPositive), maxPoints);
    const precisionRecall = thinned(precisionRecallCurve(scores, isPositive), maxPoints);
    const benefit = walkOnGrid(ranking)?.benefit ?? [];
    return {
      positive: [...positive],
      positives,
      negatives: isPositive.length - positives,
      roc: {
        points: roc.map((point) => pair(point.falsePositiveRate, point.truePositiveRate)),
        band: bandOf(rates, drawn.roc),
      },
      precisionRecall: {
        points: precisionRecall.map((point) => pair(point.recall, point.precision)),
        band: bandOf(rates, drawn.precision),
      },
      netBenefit: {
        points: thresholds.map((threshold, index) => pair(threshold, benefit[index] as number)),
        band: bandOf(thresholds, drawn.benefit),
      },
    };
  });
}

/**
 * Sensitivity at each false positive rate (the highest of a step; between two points linear), precision at
 * the first point that reaches each recall, and net benefit at each threshold. Null where a draw has only one
 * side.
 */
function walkOnGrid(
  ranking: Ranking,
  weights?: Weights,
): { roc: number[]; precision: number[]; benefit: number[] } | null {
  const { order, ends, positive, thresholds: scores } = ranking;
  let [positives, negatives] = [0, 0];
  for (let at = 0; at < order.length; at++) {
    const weight = weights === undefined ? 1 : (weights[order[at] as number] as number);
    if (positive[at] === 1) positives += weight;
    else negatives += weight;
  }
  if (positives === 0 || negatives === 0) return null;
  const roc: number[] = [];
  const precision: number[] = [];
  // From the highest threshold down, as scores are walked.
  const benefit: number[] = [];
  let [found, alarms] = [0, 0];
  const benefitAbove = (score: number) => {
    for (;;) {
      const threshold = thresholds[thresholds.length - 1 - benefit.length];
      if (threshold === undefined || threshold <= score) return;
      benefit.push(netBenefit(found, alarms, positives + negatives, threshold));
    }
  };
  // The next place of each grid, so that a score between two of them costs two comparisons and no call.
  let nextAlarms = (rates[0] as number) * negatives;
  let nextFound = (rates[0] as number) * positives;
  let nextThreshold = thresholds.at(-1) as number;
  let at = 0;
  for (let run = 0; run < ends.length; run++) {
    const end = ends[run] as number;
    let [more, alarm] = [0, 0];
    for (; at < end; at++) {
      const weight = weights === undefined ? 1 : (weights[order[at] as number] as number);
      if (positive[at] === 1) more += weight;
      else alarm += weight;
    }
    const score = scores[run] as number;
    if (nextThreshold > score) {
      benefitAbove(score);
      nextThreshold = thresholds[thresholds.length - 1 - benefit.length] ?? Number.NEGATIVE_INFINITY;
    }
    const [foundBefore, alarmsBefore] = [found, alarms];
    found += more;
    alarms += alarm;
    while (nextAlarms < alarms) {
      const share = (nextAlarms - alarmsBefore) / alarm;
      roc.push((foundBefore + share * more) / positives);
      nextAlarms = (rates[roc.length] ?? Number.POSITIVE_INFINITY) * negatives;
    }
    if (more + alarm === 0) continue;
    while (nextFound <= found + 1e-9) {
      precision.push(found / (found + alarms));
      nextFound = (rates[precision.length] ?? Number.POSITIVE_INFINITY) * positives;
    }
  }
  benefitAbove(-1);
  while (roc.length < rates.length) roc.push(1);
  return { roc, precision, benefit: benefit.reverse() };
}

const columns = (grid: readonly number[]) => grid.map(() => [] as number[]);

function bandOf(grid: readonly number[], drawn: readonly (readonly number[])[]): BandPoint[] {
  return grid.flatMap((x, index): BandPoint[] => {
    const sorted = Float64Array.from(drawn[index] ?? []).sort();
    if (sorted.length === 0) return [];
    return [[x, rounded(quantile(sorted, 0.025)), rounded(quantile(sorted, 0.975))]];
  });
}

const pair = (x: number, y: number): CurvePoint => [rounded(x), rounded(y)];

/** Four digits: more than a plot can show. */
const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
