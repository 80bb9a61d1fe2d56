import type { TFunction } from 'i18next';
import type { SampleLook } from '../../core/takeaway/takeaway';

/** What leads an answer that was taken away, without the class that leads where there is no threshold. */
export function headlineWords(
  t: TFunction,
  headline: Exclude<SampleLook['headline'], 'most-probable'>,
): string {
  if (headline !== 'no-result-flagged') return t(`verdict.headline.${headline}`);
  return `${t('verdict.headline.no-result')}. ${t('verdict.flaggedAllTheSame')}.`;
}
