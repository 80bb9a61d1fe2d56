import { useTranslation } from 'react-i18next';
import type { ExportWords } from '../../report/exports';
import type { ReportWords } from '../../report/words';
import { useLanguage } from '../context';

/**
 * The words of a report in the language now shown, and the disclaimer in both; for a time (ISO 8601), written
 * as people here write it.
 */
export function useExportWords(): (time: string) => ExportWords {
  const { i18n } = useTranslation();
  const { language } = useLanguage();
  const disclaimerIn = (lng: 'en' | 'ko') => i18n.getFixedT(lng)('report.disclaimer');
  return (time) => ({
    // The raw texts, with their places for values.
    words: {
      ...(i18n.getResource(language, 'translation', 'report') as Omit<ReportWords, 'verdict'>),
      verdict: i18n.getResource(language, 'translation', 'verdict') as ReportWords['verdict'],
    },
    language,
    disclaimer: { en: disclaimerIn('en'), ko: disclaimerIn('ko') },
    date: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(
      new Date(time),
    ),
  });
}
