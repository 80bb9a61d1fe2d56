import { bandedCurves, type CurveTarget, type TargetCurves } from '../metrics/banded-curves';
import { type BootstrapOptions, defaultResamples, type Estimate } from '../metrics/bootstrap';
import { calibrationError, classConfidences, type ReliabilityBin, reliability } from '../metrics/calibration';
import {
  type ClassifierMeasured,
  type ClassifierSample,
  classifierFigures,
  measureClassifier,
  positiveScores,
} from '../metrics/classifier';
import { differences, type McNemar, mcnemar } from '../metrics/compare';
import { argmax, mean } from '../metrics/confusion';
import { measureSubgroups, type Subgroup } from '../metrics/subgroups';
import { measureAtThreshold, type ThresholdRow } from '../metrics/threshold-groups';
import type { ImageAnswer } from './answer';
import { fieldsOf } from './fields';
import { measureOutlines, type OutlinesMeasured } from './outlines';
import type { PlannedImage } from './plan';
import { type JudgedModel, sampleOf } from './sample';

/** From kept answers to every figure of the results, for the screen and for `npm run evaluate`. */

export interface EvaluationInput {
  models: JudgedModel[];
  images: PlannedImage[];
  /** By path; images without an answer yet are left out. */
  answers: ReadonlyMap<string, ImageAnswer>;
}

export interface ModelMeasured {
  packageId: string;
  /** Null where no image has both an answer and a class of this model. */
  figures: ClassifierMeasured | null;
  subgroups: Subgroup[];
  /** Of each thing that may be called positive: the model's own positive classes together, and each class. */
  curves: TargetCurves[];
  /** Whether each class's own probability keeps its word, in the order of the classes. */
  classReliability: ClassReliability[];
  /** At the model's own threshold; empty where it has none. */
  atThreshold: ThresholdRow[];
  /** Images with an answer whose label is no class of this model. */
  leftOut: number;
  failed: number;
  /** Mean time from file to answer; null of nothing. */
  msPerImage: number | null;
}

export interface ClassReliability {
  id: string;
  /** Expected calibration error of this class's probability, 0 to 1. */
  error: number;
  bins: ReliabilityBin[];
}

/** Two models on the images that both could answer; a difference is the first's figure less the second's. */
export interface PairedTest {
  first: string;
  second: string;
  count: number;
  mcnemar: McNemar;
  /**
   * `accuracy` always; `auc` (macro) where both tell the same classes apart; `decisionAuc` where both add up
   * positive classes.
   */
  differences: { accuracy: Estimate | null; auc: Estimate | null; decisionAuc: Estimate | null };
}

export interface EvaluationMeasured {
  models: ModelMeasured[];
  comparisons: PairedTest[];
  /** Null where no outline was measured. */
  outlines: OutlinesMeasured | null;
}

/** Draws for parts of the images, of which there are many. */
const subgroupResamples = 300;

/**
 * `onDraw` counts the draws of all figures, curves, comparisons and outlines together. Those for parts of the
 * images are not counted, and what has nothing to measure is not drawn: the last count may stay below all.
 */
export function measureEvaluation(
  { models, images, answers }: EvaluationInput,
  { onDraw, ...rest }: BootstrapOptions = {},
): EvaluationMeasured {
  const pairs = models.flatMap((first, index) =>
    models.slice(index + 1).map((second) => [first, second] as const),
  );
  const each = rest.resamples ?? defaultResamples;
  const all = each * (2 * models.length + pairs.length + 1);
  let done = 0;
  const options: BootstrapOptions = { ...rest, onDraw: onDraw && (() => onDraw(++done, all)) };
  return {
    models: models.map((model) => measureModel(model, images, answers, options)),
    comparisons: pairs.flatMap(([first, second]) => compare(first, second, images, answers, options) ?? []),
    outlines: measureOutlines(images, answers, options),
  };
}

function measureModel(
  model: JudgedModel,
  images: readonly PlannedImage[],
  answers: ReadonlyMap<string, ImageAnswer>,
  options: BootstrapOptions,
): ModelMeasured {
  const given = images.flatMap((image) => answers.get(image.path)?.answers[model.packageId] ?? []);
  const answered = given.filter((answer) => answer.ok);
  const judged = sampleOf(model, images, answers);
  const few = { ...options, resamples: Math.min(options.resamples ?? subgroupResamples, subgroupResamples) };
  const empty = judged.images.length === 0;
  const fields = fieldsOf(judged.images, answers);
  return {
    packageId: model.packageId,
    figures: empty ? null : measureClassifier(judged.sample, options),
    subgroups: empty ? [] : measureSubgroups(judged.sample, fields, { ...few, onDraw: undefined }),
    curves: bandedCurves(targetsOf(judged.sample), judged.sample.groups, options),
    classReliability: empty ? [] : classReliability(judged.sample),
    atThreshold: empty ? [] : rowsAtOwnThreshold(judged.sample, fields),
    leftOut: answered.length - judged.images.length,
    failed: given.length - answered.length,
    msPerImage: answered.length === 0 ? null : mean(answered.map(({ milliseconds }) => milliseconds)),
  };
}

/**
 * What may be called positive: the classes that the model's decision adds up, where they are several, and
 * each class.
 */
export function targetsOf({ classes, truth, probabilities, decision }: ClassifierSample): CurveTarget[] {
  const target = (columns: readonly number[]): CurveTarget => ({
    positive: columns.map((column) => classes[column] as string),
    scores: positiveScores(probabilities, columns),
    isPositive: truth.map((label) => columns.includes(label)),
  });
  const together = decision && decision.classes.length > 1 ? [target(decision.classes)] : [];
  return [...together, ...classes.map((_, column) => target([column]))];
}

function classReliability({ classes, truth, probabilities }: ClassifierSample): ClassReliability[] {
  return classes.map((id, column) => {
    const confidences = classConfidences(truth, probabilities, column);
    return { id, error: calibrationError(confidences), bins: reliability(confidences) };
  });
}

function rowsAtOwnThreshold(
  { truth, probabilities, groups, decision }: ClassifierSample,
  fields: Readonly<Record<string, readonly string[]>>,
): ThresholdRow[] {
  if (!decision) return [];
  const scores = positiveScores(probabilities, decision.classes);
  const positive = truth.map((label) => decision.classes.includes(label));
  return measureAtThreshold({ scores, positive, groups }, decision.threshold, fields);
}

function compare(
  first: JudgedModel,
  second: JudgedModel,
  images: readonly PlannedImage[],
  answers: ReadonlyMap<string, ImageAnswer>,
  options: BootstrapOptions,
): PairedTest | null {
  const ofSecond = new Set(sampleOf(second, images, answers).images);
  const shared = sampleOf(first, images, answers).images.filter((image) => ofSecond.has(image));
  if (shared.length === 0) return null;
  const [a, b] = [first, second].map((model) => sampleOf(model, shared, answers).sample) as [
    ClassifierSample,
    ClassifierSample,
  ];
  const right = ({ truth, probabilities }: ClassifierSample) =>
    probabilities.map((row, index) => argmax(row) === truth[index]);
  const found = differences(classifierFigures(a), classifierFigures(b), a.groups, options);
  const sameClasses =
    a.classes.length === b.classes.length && a.classes.every((id, index) => id === b.classes[index]);
  return {
    first: first.packageId,
    second: second.packageId,
    count: shared.length,
    mcnemar: mcnemar(right(a), right(b)),
    differences: {
      accuracy: found.accuracy ?? null,
      auc: sameClasses ? (found.auc ?? null) : null,
      decisionAuc: samePositives(a, b) ? (found['decision:auc'] ?? null) : null,
    },
  };
}

/** Both models call the same images positive, so that their areas are about the same question. */
function samePositives(a: ClassifierSample, b: ClassifierSample): boolean {
  const positive = ({ truth, decision }: ClassifierSample, index: number) =>
    decision?.classes.includes(truth[index] as number);
  return (
    a.decision !== null && b.decision !== null && a.truth.every((_, i) => positive(a, i) === positive(b, i))
  );
}
