import type { Card } from '../../../core/card/card';
import {
  type PrecisionRecallOfRoc,
  precisionRecallOfRoc,
} from '../../../core/metrics/precision-recall-of-roc';

/** The measures that stand first on a card, the most telling of its task. */
const headlines: Record<Card['task'], readonly string[]> = {
  classification: ['auc', 'balancedAccuracy'],
  fusion: ['auc', 'balancedAccuracy'],
  panel: ['auc', 'balancedAccuracy'],
  segmentation: ['dice', 'jaccard'],
};

export function headlinesOf({ task, results }: Card): [name: string, value: number][] {
  return headlines[task].flatMap((name) => {
    const estimate = results.metrics[name];
    return estimate ? [[name, estimate.value] as [string, number]] : [];
  });
}

export interface PrecisionRecall extends PrecisionRecallOfRoc {
  /** The class that is held against the rest. */
  id: string;
  /** Share of its photos among those that were measured. */
  prevalence: number;
  /** Whether its average precision is training's own, not what the curve's points let one reckon. */
  measured: boolean;
}

/**
 * Precision against recall of each class that the card has a ROC curve of, from that curve and how many
 * photos of each class were measured (the rows of the confusion matrix). Average precision is training's own
 * where the card has it.
 */
export function precisionRecallOf({ results }: Card): PrecisionRecall[] {
  const { confusion, roc, perClass } = results;
  if (!confusion) return [];
  const rows = confusion.matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
  const all = rows.reduce((sum, count) => sum + count, 0);
  return Object.entries(roc).flatMap(([id, points]) => {
    const positives = rows[confusion.labels.indexOf(id)] ?? 0;
    const found = precisionRecallOfRoc(points, positives, all - positives);
    const measured = perClass.find((row) => row.class === id)?.averagePrecision;
    if (!found) return [];
    return [
      {
        ...found,
        id,
        prevalence: positives / all,
        averagePrecision: measured ?? found.averagePrecision,
        measured: measured != null,
      },
    ];
  });
}
