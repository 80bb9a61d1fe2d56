import type { Analysis } from '../../../core/analysis';

/** What happens to a photo, in the order in which it happens. */
export type ExplanationStep = 'photo' | 'mask' | 'attention' | 'answer';

/** The stages that this analysis can show: only what the engine really found. */
export function explanationSteps(
  analysis: Pick<Analysis, 'lesion' | 'attention' | 'activation'>,
): ExplanationStep[] {
  const steps: ExplanationStep[] = ['photo'];
  if (analysis.lesion?.mask) steps.push('mask');
  if (analysis.attention || analysis.activation) steps.push('attention');
  return [...steps, 'answer'];
}

/**
 * Where the network looked, on the square: a fusion's attention, mean of its queries; else the activation map of the most probable
 * class. Null where it tells neither.
 */
export function saliencyMap({
  attention,
  activation,
  probabilities,
}: Pick<Analysis, 'attention' | 'activation' | 'probabilities'>): {
  width: number;
  height: number;
  values: Float32Array;
} | null {
  if (attention) {
    const { width, height, planes } = attention;
    const values = Float32Array.from(
      { length: width * height },
      (_, cell) => planes.reduce((sum, plane) => sum + (plane.values[cell] ?? 0), 0) / planes.length,
    );
    return { width, height, values };
  }
  if (!activation) return null;
  const { width, height, planes } = activation;
  const top = probabilities.reduce((best, probability) =>
    probability.calibrated > best.calibrated ? probability : best,
  );
  const plane = planes.find(({ classId }) => classId === top.id);
  return plane ? { width, height, values: plane.values } : null;
}
