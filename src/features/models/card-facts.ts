import type { Card } from '../../core/card';

/** Of all files that a user downloads. */
export function bytesOf({ files }: Card): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Whether a licence, of the weights or of the data they learned from, forbids commercial use ("CC-BY-NC-4.0", "CC BY-NC 4.0"). */
export function isNonCommercial({ licence, data }: Card): boolean {
  return [licence, data.licence].some((one) => /\bNC\b/i.test(one.replaceAll('_', ' ')));
}

/** The measures that stand first on a card, the most telling of its task. */
const headlines: Record<Card['task'], readonly string[]> = {
  classification: ['auc', 'balancedAccuracy'],
  fusion: ['auc', 'balancedAccuracy'],
  segmentation: ['dice', 'jaccard'],
};

export function headlinesOf({ task, results }: Card): [name: string, value: number][] {
  return headlines[task].flatMap((name) => {
    const estimate = results.metrics[name];
    return estimate ? [[name, estimate.value] as [string, number]] : [];
  });
}

export interface PrecisionRecall {
  /** x: recall, y: precision, both 0 to 1. */
  points: { x: number; y: number }[];
  /** Share of positives among the photos that were measured. */
  prevalence: number;
}

/**
 * Precision against recall of the malignant classes together, from the sensitivities and specificities that the card holds and the
 * classes' counts in its test (the rows of the confusion matrix). Null where the card lacks one of them.
 */
export function precisionRecallOf({ decision, results }: Card): PrecisionRecall | null {
  const { confusion } = results;
  if (!decision || !confusion || decision.curve.length < 2) return null;
  const rows = confusion.matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
  const all = rows.reduce((sum, count) => sum + count, 0);
  const positives = rows.filter((_, index) => decision.positive.includes(confusion.labels[index] ?? ''));
  const prevalence = positives.reduce((sum, count) => sum + count, 0) / all;
  if (!(prevalence > 0 && prevalence < 1)) return null;
  const points = decision.curve.flatMap(({ sensitivity, specificity }) => {
    const found = sensitivity * prevalence;
    const flagged = found + (1 - specificity) * (1 - prevalence);
    return flagged > 0 ? [{ x: sensitivity, y: found / flagged }] : [];
  });
  return { points: points.sort((a, b) => a.x - b.x), prevalence };
}
