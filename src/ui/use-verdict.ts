import { useTranslation } from 'react-i18next';
import type { Analysis } from '../core/analysis';
import type { Card } from '../core/card/card';
import { type Verdict, verdictOf } from '../core/decision/verdict';
import { type VerdictText, verdictText } from '../report/verdict-text';
import type { VerdictWords } from '../report/words';
import { useLanguage } from './context';
import { useTitles } from './titles';

export interface SaidVerdict {
  verdict: Verdict;
  text: VerdictText;
}

/**
 * What an analysis lets us say, as data and in the language now shown: the same sentences as in reports, in
 * whole percents.
 */
export function useVerdict(): (card: Card, analysis: Analysis) => SaidVerdict {
  const say = useVerdictText();
  return (card, analysis) => {
    const verdict = verdictOf(card, analysis);
    return { verdict, text: say(card, verdict) };
  };
}

/** The same of a verdict that was reached before. */
export function useVerdictText(): (card: Card, verdict: Verdict) => VerdictText {
  const { i18n } = useTranslation();
  const { language } = useLanguage();
  const titleOf = useTitles();
  // A language that a kiosk's host added has these words, too, but no card has texts in it.
  const words = i18n.getResource(i18n.resolvedLanguage ?? language, 'translation', 'verdict') as VerdictWords;
  return (card, verdict) =>
    verdictText(card, verdict, { words, language, minDigits: 0, space: '\u00a0', titleOf });
}
