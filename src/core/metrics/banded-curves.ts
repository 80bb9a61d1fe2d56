import { type BootstrapOptions, defaultResamples, draws, quantile } from './bootstrap';
import type { Weights } from './confusion';
import { precisionRecallCurve, type Ranking, rank, rocCurve, thinned, walkRanking } from './curves';
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
  { resamples = defaultResamples, seed = 1 }: Omit<BootstrapOptions, 'onDraw'> = {},
): TargetCurves[] {
  const known = targets
    .filter(({ isPositive }) => isPositive.includes(true) && isPositive.includes(false))
    .map((target) => ({
      target,
      ranking: rank(target.scores, target.isPositive),
      drawn: { roc: columns(rates), precision: columns(rates), benefit: columns(thresholds) },
    }));
  if (known.length === 0) return [];
  for (const weights of draws(groups, resamples, seed)) {
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
  let [positives, negatives] = [0, 0];
  for (let image = 0; image < ranking.positive.length; image++) {
    if (ranking.positive[image]) positives += weights?.[image] ?? 1;
    else negatives += weights?.[image] ?? 1;
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
  walkRanking(ranking, weights, (more, alarm, score) => {
    benefitAbove(score);
    const [foundBefore, alarmsBefore] = [found, alarms];
    found += more;
    alarms += alarm;
    for (let rate = rates[roc.length]; rate !== undefined; rate = rates[roc.length]) {
      const wanted = rate * negatives;
      if (wanted >= alarms) break;
      const share = (wanted - alarmsBefore) / alarm;
      roc.push((foundBefore + share * more) / positives);
    }
    if (more + alarm === 0) return;
    for (let rate = rates[precision.length]; rate !== undefined; rate = rates[precision.length]) {
      if (rate * positives > found + 1e-9) break;
      precision.push(found / (found + alarms));
    }
  });
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
