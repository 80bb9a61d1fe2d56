import type { Estimate } from '../../../core/metrics/bootstrap';
import { withPercentSign } from '../../../core/percent';
import { formatFixed, formatShare, formatSigned } from '../../../ui/format';

/** Figures that are shares of images are read in percent, the others as numbers with three digits. */
const shares = new Set([
  'accuracy',
  'balancedAccuracy',
  'precision',
  'recall',
  'specificity',
  'sensitivity',
  'coverage',
  'ppv',
  'npv',
]);

export function formatFigure(name: string, value: number, language: string): string {
  return shares.has(name) ? formatShare(value, language) : formatFixed(value, language, 3);
}

/** A prevalence in percent as it was given, which may be a rare one: "12.0 %", "0.25 %". */
export function formatPrevalence(percent: number, language: string): string {
  const written = percent.toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 2 });
  return withPercentSign(written, language, '\u00a0');
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

/** A difference of two figures, with its sign; of shares in points of a hundred. */
export function formatGap(name: string, gap: number, language: string): string {
  return shares.has(name) ? formatSigned(100 * gap, language, 1) : formatSigned(gap, language, 3);
}

/** A p-value with four digits; what is smaller is said to be. */
export function formatP(p: number, language: string): string {
  return p < 0.0001 ? `<${formatFixed(0.0001, language, 4)}` : formatFixed(p, language, 4);
}
