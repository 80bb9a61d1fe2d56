import { positiveScores } from '../metrics/classifier';
import type { JudgedModel } from './sample';

/**
 * Whether a model flags an image at its own threshold; null where it has none. Said beside what was predicted, which may be
 * benign all the same. `probabilities`: calibrated, in the order of the model's classes.
 */
export function flaggedBy(
  { classes, decision }: Pick<JudgedModel, 'classes' | 'decision'>,
  probabilities: readonly number[],
): boolean | null {
  if (!decision) return null;
  const positive = decision.positive.map((id) => classes.indexOf(id));
  const [score = 0] = positiveScores([probabilities], positive);
  return score >= decision.threshold;
}
