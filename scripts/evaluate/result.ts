import type { BackendName } from '../../src/core/analysis';
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
  label: string;
  predicted: string;
  /** Calibrated, by class id. */
  probabilities: Record<string, number>;
}

/** What `npm run evaluate` writes. */
export interface EvaluationResult {
  model: string;
  backend: BackendName;
  adapter: string;
  /** Images with a prediction. */
  count: number;
  /** Rows without one: the label is no class of the model, or the image could not be read. */
  skipped: number;
  accuracy: number;
  balancedAccuracy: number;
  macroF1: number;
  auc: AreasUnderCurve;
  confusion: Confusion;
  /** Mean time from file to answer. */
  msPerImage: number;
  predictions: Prediction[];
}

interface Measured {
  predictions: Prediction[];
  skipped: number;
  /** One an image. */
  milliseconds: number[];
}

/** Measures predictions with the app's own functions. `classes` are the model's class ids in the order of its logits. */
export function summarise(
  model: string,
  classes: string[],
  { backend, adapter }: { backend: BackendName; adapter: string },
  { predictions, skipped, milliseconds }: Measured,
): EvaluationResult {
  const truth = predictions.map(({ label }) => label);
  const table = confusion(
    classes,
    truth,
    predictions.map(({ predicted }) => predicted),
  );
  return {
    model,
    backend,
    adapter,
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
    msPerImage: milliseconds.reduce((sum, time) => sum + time, 0) / milliseconds.length,
    predictions,
  };
}
