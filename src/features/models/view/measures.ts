import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../ui/context';
import { formatFixed, formatShare } from '../../../ui/format';

/** The measures that training knows, in the order in which they are shown. */
const shares = [
  'accuracy',
  'groupAccuracy',
  'balancedAccuracy',
  'macroPrecision',
  'macroF1',
  'mergedAccuracy',
  'mergedBalancedAccuracy',
  'mergedMacroPrecision',
  'mergedMacroF1',
] as const;
const areas = ['auc', 'malignantAuc', 'mergedAuc'] as const;
const points = [
  'sensitivity',
  'specificity',
  'sensitivityAt90Specificity',
  'specificityAt90Sensitivity',
] as const;
const overlaps = ['dice', 'jaccard', 'thresholdedJaccard'] as const;
const errors = ['logLoss', 'ece', 'brier'] as const;
export const known = [...shares, ...areas, ...points, ...overlaps, 'failed', ...errors] as const;

type Known = (typeof known)[number];
const isKnown = (name: string): name is Known => (known as readonly string[]).includes(name);

/** What is counted is written in per cent; areas, overlaps and errors are no shares of anything. */
const inPercent = new Set<string>([...shares, ...points, 'failed']);

/** The names of a card's measures, in order; those of a newer training last. */
export function inOrder(names: readonly string[]): string[] {
  const place = (name: string) => (isKnown(name) ? known.indexOf(name) : known.length);
  return [...names].sort((a, b) => place(a) - place(b));
}

/**
 * How measures are called and written in the language now shown; one that is not known here keeps the name
 * that the card gives it.
 */
export function useMeasures() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return {
    name: (name: string) => (isKnown(name) ? t(`models.measure.${name}`) : name),
    write: (name: string, value: number) =>
      // As many digits in every row, so that columns line up.
      inPercent.has(name) ? formatShare(value, language) : formatFixed(value, language, 3),
  };
}
