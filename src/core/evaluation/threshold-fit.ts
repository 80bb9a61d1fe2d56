import type { Card } from '../card/card';
import { offeredSensitivities } from '../decision/threshold';
import { type BootstrapOptions, intervals, sharesOf } from '../metrics/bootstrap';
import { positiveScores, ratesOf } from '../metrics/classifier';
import { confusionAt } from '../metrics/confusion-at';

/** Thresholds that are chosen on one half of the photos and measured on the other. */

interface Sample {
  /** n class indices. */
  truth: readonly number[];
  /** n rows, calibrated, in the order of the classes. */
  probabilities: readonly (readonly number[])[];
  /** n names of what belongs together. */
  groups: readonly string[];
}

interface Halves {
  fitted: Sample;
  measured: Sample;
  /** Indices of the classes that are added up. */
  positive: readonly number[];
}

type FittedDecision = Pick<
  NonNullable<Card['decision']>,
  'threshold' | 'sensitivity' | 'specificity' | 'curve' | 'thresholds'
> & { targetSensitivity: number };

const maxCurvePoints = 60;

/**
 * The highest threshold at which at least `target` (0 to 1) of the photos to be flagged are; the same rule as
 * training's.
 */
export function highestThreshold(
  { truth, probabilities }: Pick<Sample, 'truth' | 'probabilities'>,
  positive: readonly number[],
  target: number,
): number {
  const scores = positiveScores(probabilities, positive)
    .filter((_, row) => positive.includes(truth[row] as number))
    .sort((a, b) => a - b);
  const mayMiss = Math.floor(scores.length * (1 - target) + 1e-9);
  // Rounded downwards, so that the photo that sets the threshold stays found.
  return Math.floor((scores[Math.min(mayMiss, scores.length - 1)] ?? 0) * 1e6) / 1e6;
}

/** What a threshold is worth on photos that it was not chosen on, and what others would be. */
export function decisionOf(
  { fitted, measured, positive }: Halves,
  { threshold, targetSensitivity }: { threshold: number; targetSensitivity: number },
  options: BootstrapOptions = {},
): FittedDecision {
  const scores = positiveScores(measured.probabilities, positive);
  const truth = measured.truth.map((label) => positive.includes(label));
  const pointAt = (at: number) => {
    const { sensitivity, specificity } = confusionAt(scores, truth, at);
    return { threshold: at, sensitivity, specificity };
  };
  const distinct = [...new Set(scores.map((score) => Math.floor(score * 1e6) / 1e6))].sort((a, b) => a - b);
  const step = Math.max(1, distinct.length / maxCurvePoints);
  const thinned = Array.from(
    { length: Math.min(distinct.length, maxCurvePoints) },
    (_, index) => distinct[Math.floor(index * step)] as number,
  );
  const curve = [...new Set([0, ...thinned, 1])].sort((a, b) => a - b).map(pointAt);
  const offered = offeredSensitivities.map((wanted) => ({
    targetSensitivity: wanted,
    threshold: highestThreshold(fitted, positive, wanted),
  }));
  const rates = ratesOf(truth);
  const counted = Object.fromEntries(
    offered.flatMap(({ targetSensitivity: wanted }) => [
      [`${wanted}:sensitivity`, rates.sensitivity],
      [`${wanted}:specificity`, rates.specificity],
    ]),
  );
  const figures = sharesOf(
    (weights) =>
      Object.fromEntries(
        offered.flatMap(({ targetSensitivity: wanted, threshold: at }) => {
          const { sensitivity, specificity } = confusionAt(scores, truth, at, weights);
          return [
            [`${wanted}:sensitivity`, sensitivity],
            [`${wanted}:specificity`, specificity],
          ];
        }),
      ),
    counted,
  );
  // Those of the figures around them count the draws; these would count them twice.
  const { onDraw: _, ...quietly } = options;
  const found = intervals(figures, measured.groups, quietly);
  const thresholds = offered.flatMap((each) => {
    const sensitivity = found[`${each.targetSensitivity}:sensitivity`];
    const specificity = found[`${each.targetSensitivity}:specificity`];
    return sensitivity && specificity ? [{ ...each, sensitivity, specificity }] : [];
  });
  return { ...pointAt(threshold), targetSensitivity, curve, thresholds };
}
