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
