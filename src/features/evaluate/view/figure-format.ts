import type { Estimate } from '../../../core/metrics/bootstrap';
import { withPercentSign } from '../../../core/percent';
import { formatNumber, formatSigned } from '../../../ui/format';

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
  return shares.has(name) ? shareInPercent(value, language) : fixed(value, language, 3);
}

/** A share of images with one digit, also where it is 0: "90.0 %", so that columns line up. */
export function shareInPercent(value: number, language: string): string {
  return withPercentSign(fixed(100 * value, language, 1), language, '\u00a0');
}

const fixed = (value: number, language: string, digits: number) =>
  value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });

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

/** A p-value as papers print it. */
export function formatP(p: number, language: string): string {
  return p < 0.0001 ? `<${formatNumber(0.0001, language, 4)}` : formatNumber(p, language, 4);
}
