import {
  type BootstrapOptions,
  type Counted,
  defaultResamples,
  type Estimate,
  type Figures,
  intervals,
  sharesOf,
} from './bootstrap';
import { brierTerms, calibrationError, confidences, type ReliabilityBin, reliability } from './calibration';
import {
  accuracy,
  argmax,
  balancedAccuracy,
  type Confusion,
  classRates,
  countMatrix,
  macroF1,
  mean,
  sum,
} from './confusion';
import { confusionAt } from './confusion-at';
import { coverageFigures } from './coverage';
import { rank, rankedAreas } from './curves';

/** Everything that is measured of a classifier's answers. */

/** What one model said of n images. */
export interface ClassifierSample {
  /** Class ids, in the order of the probabilities. */
  classes: readonly string[];
  /** n class indices. */
  truth: readonly number[];
  /** n rows, calibrated, 0 to 1. */
  probabilities: readonly (readonly number[])[];
  /** n names of what belongs together: the lesion, the patient, or the image itself. */
  groups: readonly string[];
  /**
   * Classes whose probabilities are added up and held against a threshold; null where a model has no such
   * rule.
   */
  decision: { classes: readonly number[]; threshold: number } | null;
  /** Class ids in the prediction set of each image; null or left out where a model makes none. */
  sets?: readonly (readonly string[])[] | null;
}

export const headlineNames = [
  'accuracy',
  'balancedAccuracy',
  'macroF1',
  'auc',
  'averagePrecision',
  'ece',
  'brier',
] as const;
type HeadlineName = (typeof headlineNames)[number];

export const classFigureNames = [
  'precision',
  'recall',
  'specificity',
  'f1',
  'auc',
  'averagePrecision',
] as const;
type ClassFigureName = (typeof classFigureNames)[number];

const decisionNames = ['auc', 'averagePrecision', 'sensitivity', 'specificity'] as const;
type DecisionName = (typeof decisionNames)[number];

type Estimates<Name extends string> = Record<Name, Estimate | null>;

export interface ClassMeasured {
  id: string;
  /** Images of this class. */
  support: number;
  figures: Estimates<ClassFigureName>;
}

/** Plain data. A figure is null where it has no meaning: the AUC of a class without an image. */
export interface ClassifierMeasured {
  count: number;
  /** Lesions, patients or images that the intervals were drawn over. */
  groups: number;
  resamples: number;
  seed: number;
  metrics: Estimates<HeadlineName>;
  perClass: ClassMeasured[];
  /** At the model's own threshold. */
  decision: { positive: string[]; threshold: number; figures: Estimates<DecisionName> } | null;
  /**
   * How often the prediction sets hold the true class, and how large they are; null where a model makes none.
   */
  sets: {
    coverage: Estimate | null;
    size: Estimate | null;
    perClass: Record<string, Estimate | null>;
  } | null;
  confusion: Confusion;
  reliability: ReliabilityBin[];
}

export function measureClassifier(
  sample: ClassifierSample,
  options: BootstrapOptions = {},
): ClassifierMeasured {
  const { classes, truth, probabilities, groups, decision } = sample;
  const found = intervals(classifierFigures(sample), groups, options);
  const pick = <Name extends string>(names: readonly Name[], prefix: string) =>
    Object.fromEntries(names.map((name) => [name, found[prefix + name] ?? null])) as Estimates<Name>;
  const matrix = countMatrix(classes.length, truth, probabilities.map(argmax));
  return {
    count: truth.length,
    groups: new Set(groups).size,
    resamples: options.resamples ?? defaultResamples,
    seed: options.seed ?? 1,
    metrics: pick(headlineNames, ''),
    perClass: classes.map((id, index) => ({
      id,
      support: sum(matrix[index] ?? []),
      figures: pick(classFigureNames, `${id}:`),
    })),
    decision: decision && {
      positive: decision.classes.map((index) => classes[index] as string),
      threshold: decision.threshold,
      figures: pick(decisionNames, 'decision:'),
    },
    sets: sample.sets
      ? {
          coverage: found['sets:coverage'] ?? null,
          size: found['sets:setSize'] ?? null,
          perClass: Object.fromEntries(classes.map((id) => [id, found[`sets:${id}:coverage`] ?? null])),
        }
      : null,
    confusion: { labels: [...classes], matrix },
    reliability: reliability(confidences(truth, probabilities)),
  };
}

/**
 * All figures of a draw, by the names above; those of a class as `<class id>:<name>`, those at the threshold
 * as `decision:<name>`, those of the sets (coverage.ts) as `sets:<name>`.
 */
export function classifierFigures({
  classes,
  truth,
  probabilities,
  decision,
  sets,
}: Omit<ClassifierSample, 'groups'>): Figures {
  const predicted = probabilities.map(argmax);
  const rankings = rankingsOf(classes, truth, probabilities);
  const top = confidences(truth, probabilities);
  const brier = brierTerms(truth, probabilities);
  const atThreshold = decision && decisionFigures(truth, probabilities, decision);
  const covered = sets ? coverageFigures(classes, truth, sets) : null;
  const counted: Counted = {
    accuracy: () => true,
    ...Object.fromEntries(
      classes.flatMap((id, index) => [
        [`${id}:recall`, (image: number) => truth[image] === index],
        [`${id}:specificity`, (image: number) => truth[image] !== index],
        [`${id}:precision`, (image: number) => predicted[image] === index],
      ]),
    ),
    ...prefixed('decision:', atThreshold?.counted ?? {}),
    ...prefixed('sets:', covered?.counted ?? {}),
  };
  return sharesOf((weights) => {
    const matrix = countMatrix(classes.length, truth, predicted, weights);
    const ranked = rankings.map((ranking) => rankedAreas(ranking, weights));
    const areas = ranked.map(({ auc }) => auc);
    const precisions = ranked.map(({ averagePrecision }) => averagePrecision);
    const figures: Record<string, number> = {
      accuracy: accuracy({ matrix }),
      balancedAccuracy: balancedAccuracy({ matrix }),
      macroF1: macroF1({ matrix }),
      auc: meanOfKnown(areas),
      averagePrecision: meanOfKnown(precisions),
      ece: calibrationError(top, weights),
      brier: weightedMean(brier, weights),
    };
    classRates({ matrix }).forEach(({ support, ...rates }, index) => {
      const id = classes[index] as string;
      for (const [name, value] of Object.entries(rates)) figures[`${id}:${name}`] = value;
      figures[`${id}:auc`] = areas[index] as number;
      figures[`${id}:averagePrecision`] = precisions[index] as number;
    });
    Object.assign(figures, prefixed('decision:', atThreshold?.(weights) ?? {}));
    Object.assign(figures, prefixed('sets:', covered?.(weights) ?? {}));
    return figures;
  }, counted);
}

const prefixed = <Value>(prefix: string, of: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [prefix + name, value]));

/** Those of `classifierFigures` that parts of the images are compared by, in a fraction of its time. */
export function headlineFigures({
  classes,
  truth,
  probabilities,
}: Pick<ClassifierSample, 'classes' | 'truth' | 'probabilities'>): Figures {
  const predicted = probabilities.map(argmax);
  const rankings = rankingsOf(classes, truth, probabilities);
  return sharesOf(
    (weights) => {
      const matrix = countMatrix(classes.length, truth, predicted, weights);
      return {
        accuracy: accuracy({ matrix }),
        balancedAccuracy: balancedAccuracy({ matrix }),
        auc: meanOfKnown(rankings.map((ranking) => rankedAreas(ranking, weights).auc)),
      };
    },
    { accuracy: () => true },
  );
}

/** Of each class against the rest. */
const rankingsOf = (
  classes: readonly string[],
  truth: readonly number[],
  probabilities: readonly (readonly number[])[],
) =>
  classes.map((_, column) =>
    rank(
      probabilities.map((row) => row[column] as number),
      truth.map((label) => label === column),
    ),
  );

/** The added-up probability of the positive classes, an image each; rounding never carries it past 1. */
export function positiveScores(
  probabilities: readonly (readonly number[])[],
  classes: readonly number[],
): number[] {
  return probabilities.map((row) =>
    Math.min(
      1,
      classes.reduce((total, column) => total + (row[column] as number), 0),
    ),
  );
}

function decisionFigures(
  truth: readonly number[],
  probabilities: readonly (readonly number[])[],
  { classes, threshold }: NonNullable<ClassifierSample['decision']>,
): Figures {
  const scores = positiveScores(probabilities, classes);
  const positive = truth.map((label) => classes.includes(label));
  const ranking = rank(scores, positive);
  return sharesOf((weights) => {
    const { sensitivity, specificity } = confusionAt(scores, positive, threshold, weights);
    return {
      ...rankedAreas(ranking, weights),
      sensitivity,
      specificity,
    };
  }, ratesOf(positive));
}

/** The images that sensitivity and specificity are shares of. `positive`: whether each is to be flagged. */
export const ratesOf = (positive: readonly boolean[]) => ({
  sensitivity: (image: number) => positive[image] === true,
  specificity: (image: number) => positive[image] === false,
});

const meanOfKnown = (values: readonly number[]) => mean(values.filter((value) => !Number.isNaN(value)));

function weightedMean(values: readonly number[], weights: ArrayLike<number>): number {
  let total = 0;
  let count = 0;
  for (let index = 0; index < values.length; index++) {
    total += (values[index] as number) * (weights[index] as number);
    count += weights[index] as number;
  }
  return total / count;
}
