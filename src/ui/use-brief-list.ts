import { useTranslation } from 'react-i18next';
import type { Card } from '../core/card/card';
import { briefList, type Listed } from '../report/brief-list';
import type { VerdictWords } from '../report/words';
import { useLanguage } from './context';

/** What could not be ruled out at another time, in a line; what an answer of now says is `text.brief` of `useVerdict`. */
export function useBriefList(): (card: Pick<Card, 'classes'> | null, said: Listed, most?: number) => string {
  const { i18n } = useTranslation();
  const { language } = useLanguage();
  const words = i18n.getResource(i18n.resolvedLanguage ?? language, 'translation', 'verdict') as VerdictWords;
  return (card, said, most) => briefList(card, said, words, language, most);
}
