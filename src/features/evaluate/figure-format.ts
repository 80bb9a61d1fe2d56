import type { Estimate } from '../../core/metrics/bootstrap';
import { formatNumber, formatShare } from '../../ui/format';

/** Figures that are shares of images are read in percent, the others as numbers with three digits. */
const shares = new Set(['accuracy', 'balancedAccuracy', 'precision', 'recall', 'specificity', 'sensitivity']);

export function formatFigure(name: string, value: number, language: string): string {
  return shares.has(name) ? formatShare(value, language) : formatNumber(value, language, 3);
}

/** Of an interval; null of none. */
export function formatEnds(name: string, estimate: Estimate | null, language: string) {
  return (
    estimate && {
      low: formatFigure(name, estimate.low, language),
      high: formatFigure(name, estimate.high, language),
    }
  );
}

/** A p-value as papers print it. */
export function formatP(p: number, language: string): string {
  return p < 0.0001 ? `<${formatNumber(0.0001, language, 4)}` : formatNumber(p, language, 4);
}
