import { useTranslation } from 'react-i18next';
import { saidFlag } from '../core/decision/flag';
import type { OtherLesion } from '../core/report/other-lesions';
import { useLanguage } from './context';
import { formatAgainst } from './format';

/**
 * What was decided at another time, in a line: flagged or not with the sum against the threshold, or that there is no
 * result, with its flag all the same, or that the package has no threshold.
 */
export function useSaidDecision(): (said: Pick<OtherLesion, 'flag' | 'noResult'>) => string {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return ({ flag, noResult }) => {
    const decided = saidFlag(flag, !noResult);
    const sum = decided && formatAgainst(decided, language);
    if (noResult) return sum ? t('verdict.cell.no-result-flagged', sum) : t('verdict.cell.no-result');
    return sum
      ? t(`verdict.cell.${decided.flagged ? 'flagged' : 'not-flagged'}`, sum)
      : t('verdict.cell.no-threshold');
  };
}
