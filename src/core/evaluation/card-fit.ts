import type { Card, Kind } from '../card/card';
import { fitConformal } from '../decision/conformal-fit';
import { conformingClasses } from '../decision/prediction-set';
import { softmax } from '../decision/probability';
import { failure, type Result, success } from '../failure';
import type { BootstrapOptions, Estimate } from '../metrics/bootstrap';
import { calibrationError, confidences } from '../metrics/calibration';
import { type ClassifierMeasured, measureClassifier } from '../metrics/classifier';
import { rocCurve, thinned } from '../metrics/curves';
import { type FeatureSample, fitOod, type OodFit } from './ood-fit';
import { halves, missing, rowsOfHalves, type SiteSample, testOf } from './site-fit';
import { decisionOf, highestThreshold } from './threshold-fit';

/**
 * What a card says of a classifier that was never measured, from labelled photos: they are split in two by
 * lesion or patient; on one half temperature, prediction sets and threshold are fitted, on the other all is
 * measured.
 */

/** Of n photos with a known diagnosis. */
export interface LogitSample {
  /** n class indices. */
  truth: readonly number[];
  /** n rows, in the order of the classes, before any temperature. */
  logits: readonly (readonly number[])[];
  /** n names of what belongs together: the lesion, the patient, or the photo itself. */
  groups: readonly string[];
  /** n rows of what goes into the model's last layer; null where it cannot be read. */
  features?: readonly Float32Array[] | null;
}

export interface CardFitRequest {
  /** In the order of the logits. Small classes are fitted together with others of their kind only. */
  classes: readonly { id: string; kind: Kind }[];
  /** Indices of the classes that a flag adds up; none flags nothing. */
  positive: readonly number[];
  /** The sensitivity that the threshold is chosen for, 0 to 1. */
  targetSensitivity: number;
  /** The share of photos whose set is meant to hold the true class. */
  coverage?: number;
}

/** Parts of a card. */
export interface CardFit {
  calibration: NonNullable<Card['calibration']>;
  decision: Card['decision'];
  results: Card['results'];
  /** The score of unusual photos; null where the model's features cannot be read, or say nothing. */
  ood: OodFit | null;
}

/**
 * Fits on one half, measures on the other. Fails with "calibration-few" where the photos are too few, saying
 * what is missing.
 */
export function fitCard(
  { classes, positive, targetSensitivity, coverage = 0.9 }: CardFitRequest,
  sample: LogitSample,
  options: BootstrapOptions = {},
): Result<CardFit> {
  const { truth, groups } = sample;
  const ids = classes.map(({ id }) => id);
  const both = halves({ truth, groups, probabilities: sample.logits }, options.seed);
  const few = missing(both, positive);
  if (few) return failure('calibration-few', few);
  const [fitting, held] = both;
  const temperature = fitTemperature(fitting.truth, fitting.probabilities);
  const at = (half: SiteSample, by: number): SiteSample => ({
    ...half,
    probabilities: half.probabilities.map((row) => softmax(row, by)),
  });
  const [fitted, measuring] = [at(fitting, temperature), at(held, temperature)];
  const quantiles = fitConformal({ classes, coverage }, fitted);
  const conformal = { method: 'class-conditional' as const, coverage, classes: quantiles };
  const threshold = positive.length > 0 ? highestThreshold(fitted, positive, targetSensitivity) : null;
  const sets = measuring.probabilities.map((row) => conformingClasses(quantiles, row));
  const measured = measureClassifier(
    {
      ...measuring,
      classes: ids,
      decision: threshold === null ? null : { classes: positive, threshold },
      sets,
    },
    options,
  );
  const covered = figuresOfSets(measured);
  const test = testOf(ids, measuring, conformal, covered, options);
  const before = calibrationError(confidences(held.truth, at(held, 1).probabilities));
  return success({
    calibration: {
      temperature,
      ece: measured.metrics.ece?.value ?? null,
      eceUncalibrated: Number.isFinite(before) ? before : null,
      fittedOn: 'validation',
      conformal: { ...conformal, ...(test && { test }) },
    },
    decision:
      threshold === null
        ? null
        : {
            positive: positive.map((index) => ids[index] as string),
            ...decisionOf(
              { fitted, measured: measuring, positive },
              { threshold, targetSensitivity },
              options,
            ),
            fittedOn: 'validation',
            intervals: known(measured.decision?.figures ?? {}),
          },
    results: resultsOf(ids, measuring, measured),
    ood: oodOf(sample, options.seed),
  });
}

function oodOf({ truth, groups, features }: LogitSample, seed?: number): OodFit | null {
  if (!features) return null;
  const part = (rows: readonly number[]): FeatureSample => ({
    truth: rows.map((row) => truth[row] as number),
    groups: rows.map((row) => groups[row] as string),
    features: rows.map((row) => features[row] as Float32Array),
  });
  const [fitting, held] = rowsOfHalves({ truth, groups }, seed);
  return fitOod(part(fitting), part(held));
}

/** Its smallest and largest: a network that needs more is not one to be calibrated. */
const temperatures = { least: 0.05, most: 20 };

/**
 * The temperature with the highest likelihood (Guo et al., ICML 2017), by a golden section over its
 * logarithm: the likelihood has one peak.
 */
export function fitTemperature(truth: readonly number[], logits: readonly (readonly number[])[]): number {
  const loss = (logarithm: number) =>
    truth.reduce((sum, label, row) => {
      const p = softmax(logits[row] ?? [], Math.exp(logarithm))[label] ?? 0;
      return sum - Math.log(Math.max(1e-300, p));
    }, 0);
  const share = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(temperatures.least), Math.log(temperatures.most)];
  let [left, right] = [high - share * (high - low), low + share * (high - low)];
  let [lossLeft, lossRight] = [loss(left), loss(right)];
  while (high - low > 1e-6) {
    if (lossLeft <= lossRight) {
      [high, right, lossRight] = [right, left, lossLeft];
      left = high - share * (high - low);
      lossLeft = loss(left);
    } else {
      [low, left, lossLeft] = [left, right, lossRight];
      right = low + share * (high - low);
      lossRight = loss(right);
    }
  }
  return Math.exp((low + high) / 2);
}

/** Those that have a meaning. */
const known = (figures: Record<string, Estimate | null>): Record<string, Estimate> =>
  Object.fromEntries(Object.entries(figures).flatMap(([name, figure]) => (figure ? [[name, figure]] : [])));

/** By the names that `testOf` asks for. */
function figuresOfSets({ sets }: ClassifierMeasured): Record<string, { site: Estimate | null }> {
  const named: Record<string, Estimate | null> = {
    coverage: sets?.coverage ?? null,
    setSize: sets?.size ?? null,
  };
  for (const [id, figure] of Object.entries(sets?.perClass ?? {})) named[`${id}:coverage`] = figure;
  return Object.fromEntries(Object.entries(named).map(([name, site]) => [name, { site }]));
}

/** Points of a curve that a card keeps. */
const mostPoints = 100;

function resultsOf(
  ids: readonly string[],
  { truth, probabilities }: SiteSample,
  measured: ClassifierMeasured,
): CardFit['results'] {
  const roc = ids.map((id, column) => {
    const points = rocCurve(
      probabilities.map((row) => row[column] as number),
      truth.map((label) => label === column),
    );
    return [
      id,
      thinned(points, mostPoints).map(({ falsePositiveRate, truePositiveRate }): [number, number] => [
        falsePositiveRate,
        truePositiveRate,
      ]),
    ] as const;
  });
  const {
    auc: malignantAuc = null,
    sensitivity = null,
    specificity = null,
  } = measured.decision?.figures ?? {};
  return {
    split: 'own photos',
    origin: 'own-photos',
    count: measured.count,
    group: 'photo',
    groups: measured.groups,
    metrics: known({ ...measured.metrics, malignantAuc, sensitivity, specificity }),
    perClass: measured.perClass.map(({ id, support, figures }) => ({
      class: id,
      support,
      ...Object.fromEntries(
        (['precision', 'recall', 'f1', 'auc', 'averagePrecision'] as const).map((name) => [
          name,
          figures[name]?.value ?? null,
        ]),
      ),
    })),
    confusion: {
      labels: [...measured.confusion.labels],
      matrix: measured.confusion.matrix.map((row) => [...row]),
    },
    roc: Object.fromEntries(roc.filter(([, points]) => points.length > 0)),
    reliability: [...measured.reliability],
    subgroups: [],
  };
}
