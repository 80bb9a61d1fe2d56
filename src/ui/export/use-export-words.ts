import { useTranslation } from 'react-i18next';
import { formatDate } from '../../core/date-locale';
import { type Check, checks } from '../../core/quality/limits';
import type { ExportWords } from '../../report/exports';
import type { ReportWords } from '../../report/words';
import { useLanguage } from '../context';
import { leavingDisclaimer } from '../intended-use';
import { useTitles } from '../titles';

/**
 * The words of a report in the language now shown, with what packages are called in it, and the disclaimer in
 * both, which says where the intended use is; times as people here write them.
 */
export function useExportWords(): () => ExportWords {
  const { i18n } = useTranslation();
  const { language } = useLanguage();
  const titleOf = useTitles();
  const disclaimerIn = (lng: 'en' | 'ko') => {
    const t = i18n.getFixedT(lng);
    return leavingDisclaimer(t, t('report.disclaimer'));
  };
  const ofChecks = (key: (check: Check) => string) =>
    Object.fromEntries(
      checks.map((check) => [check, i18n.getResource(language, 'translation', key(check)) as string]),
    ) as Record<Check, string>;
  return () => ({
    // The raw texts, with their places for values.
    words: {
      ...(i18n.getResource(language, 'translation', 'report') as Omit<
        ReportWords,
        'verdict' | 'form' | 'gate' | 'unaskedLesions'
      >),
      verdict: i18n.getResource(language, 'translation', 'verdict') as ReportWords['verdict'],
      unaskedLesions: i18n.getResource(
        language,
        'translation',
        'unaskedLesions',
      ) as ReportWords['unaskedLesions'],
      gate: {
        overruled: i18n.getResource(language, 'translation', 'answer.overruled') as string,
        refuse: ofChecks((check) => `failure.photo-${check}.sentence`),
        warn: ofChecks((check) => `viewer.qualityWarnings.${check}`),
      },
      form: i18n.getResource(language, 'translation', 'viewer.form') as ReportWords['form'],
    },
    language,
    titleOf,
    disclaimer: { en: disclaimerIn('en'), ko: disclaimerIn('ko') },
    written: (time) => formatDate(time, language, { dateStyle: 'medium', timeStyle: 'short' }),
  });
}
