import type { Provenance } from '../../src/core/analysis';
import type { Card } from '../../src/core/card/card';
import type { ImageAnswer } from '../../src/core/evaluation/answer';
import { groupOf, type LabelRow } from '../../src/core/evaluation/labels';
import { type ModelMeasured, measureEvaluation } from '../../src/core/evaluation/measured';
import {
  accuracy,
  balancedAccuracy,
  type Confusion,
  confusion,
  macroF1,
} from '../../src/core/metrics/confusion';
import { type AreasUnderCurve, areasUnderCurve } from '../../src/core/metrics/curves';

export interface Prediction {
  file: string;
  /** A class id of the model. */
  label: string;
  predicted: string;
  /** Calibrated, by class id. */
  probabilities: Record<string, number>;
  /** Over the model's threshold; false where it has none. */
  flagged: boolean;
  /**
   * The prediction set as computed, the most probable class first; never empty. It lacks the class that screens add to
   * a flagged photo.
   */
  set: string[];
}

/** What `npm run evaluate` writes. */
export interface EvaluationResult {
  model: string;
  backend: Provenance['backend'];
  adapter: string;
  /** Images with a prediction. */
  count: number;
  /** Rows without one: no image or no single image of that name, no label or none of the model's classes, an image that was named before or cannot be read. */
  skipped: number;
  accuracy: number;
  balancedAccuracy: number;
  macroF1: number;
  auc: AreasUnderCurve;
  confusion: Confusion;
  /** The share of images whose set holds the true class, 0 to 1: over all, and of each class that has images. */
  coverage: { overall: number; perClass: Record<string, number> };
  /** The share of images to be flagged that are, 0 to 1; null where the model has no threshold, or there is no such image. */
  sensitivityAtThreshold: number | null;
  /** Mean time from file to answer. */
  msPerImage: number;
  /** Every figure with its interval, and the curves with their bands, as the page's Evaluate screen has them. */
  measured: Pick<ModelMeasured, 'figures' | 'subgroups' | 'curves' | 'classReliability' | 'atThreshold'>;
  predictions: Prediction[];
}

/** A prediction, with what the table says of its image and how long it took. */
export interface Answered {
  prediction: Prediction;
  columns: LabelRow['columns'];
  milliseconds: number;
  /** Skin tone beside the lesion, in degrees; null or missing as in `ImageAnswer`. */
  typologyAngle?: number | null;
}

/** What of a card the measures need. */
export type MeasuredCard = Pick<Card, 'id' | 'classes' | 'calibration' | 'decision'>;

/** Measures predictions with the app's own functions. `measured`: of these predictions, where it is known. */
export function summarise(
  card: MeasuredCard,
  provenance: Pick<Provenance, 'backend' | 'adapter'>,
  answered: readonly Answered[],
  skipped: number,
  measured = measure(card, answered),
): EvaluationResult {
  const classes = card.classes.map(({ id }) => id);
  const predictions = answered.map(({ prediction }) => prediction);
  const truth = predictions.map(({ label }) => label);
  const table = confusion(
    classes,
    truth,
    predictions.map(({ predicted }) => predicted),
  );
  const { figures, subgroups, curves, classReliability, atThreshold, msPerImage } = measured;
  return {
    model: card.id,
    backend: provenance.backend,
    adapter: provenance.adapter,
    count: predictions.length,
    skipped,
    accuracy: accuracy(table),
    balancedAccuracy: balancedAccuracy(table),
    macroF1: macroF1(table),
    auc: areasUnderCurve(
      classes,
      truth,
      predictions.map(({ probabilities }) => classes.map((id) => probabilities[id] ?? 0)),
    ),
    confusion: table,
    coverage: coverageOf(predictions),
    sensitivityAtThreshold: sensitivityOf(predictions, card.decision?.positive ?? []),
    msPerImage: msPerImage ?? 0,
    measured: { figures, subgroups, curves, classReliability, atThreshold },
    predictions,
  };
}

function coverageOf(predictions: readonly Prediction[]): EvaluationResult['coverage'] {
  const shareOf = (of: readonly Prediction[]) =>
    of.filter(({ set, label }) => set.includes(label)).length / of.length;
  const labels = [...new Set(predictions.map(({ label }) => label))].sort();
  const perClass = labels.map((id) => [id, shareOf(predictions.filter(({ label }) => label === id))]);
  return { overall: shareOf(predictions), perClass: Object.fromEntries(perClass) };
}

function sensitivityOf(predictions: readonly Prediction[], positive: readonly string[]): number | null {
  const wanted = predictions.filter(({ label }) => positive.includes(label));
  return wanted.length === 0 ? null : wanted.filter(({ flagged }) => flagged).length / wanted.length;
}

/** Every figure of the Evaluate screen, by its own code. */
export function measure(card: MeasuredCard, answered: readonly Answered[]): ModelMeasured {
  const classes = card.classes.map(({ id }) => id);
  const images = answered.map(({ prediction, columns }, row) => ({
    path: String(row),
    size: 0,
    label: prediction.label,
    columns,
    group: groupOf({ columns }, prediction.file),
    mask: null,
  }));
  const answers = answered.map(({ prediction, milliseconds, typologyAngle }, row): [string, ImageAnswer] => {
    const probabilities = classes.map((id) => prediction.probabilities[id] ?? 0);
    const answers = { [card.id]: { ok: true as const, probabilities, milliseconds } };
    const tone = typologyAngle === undefined ? {} : { typologyAngle };
    return [String(row), { path: String(row), answers, overlap: null, maskFailure: null, ...tone }];
  });
  const model = {
    packageId: card.id,
    classes,
    decision: card.decision ?? null,
    conformal: card.calibration?.conformal ?? null,
    labels: Object.fromEntries(classes.map((id) => [id, id])),
  };
  const [measured] = measureEvaluation({ models: [model], images, answers: new Map(answers) }).models;
  if (!measured) throw new Error('one model goes in, one comes out');
  return measured;
}
