import type { Card, Text } from '../../../core/card/card';
import { type SelfCheckAnswers, saidAlarm } from './outcome';

/** A limit that sends people to a doctor for signs of their own, in the words of the cards. */
const alarmSign = /\bspot that (changes|grows|bleeds)\b/i;

/**
 * The limits of a card that its reader has not read yet. The page shows its own disclaimer (`disclaimer`, in
 * English like the card's), so the card's is left out. Whoever said that a spot bled is not told to come once
 * it bleeds.
 */
export function limitsToShow(
  { limits }: Pick<Card, 'limits'>,
  answers: SelfCheckAnswers,
  disclaimer: string,
): { limits: Text[]; alarmLeftOut: boolean } {
  const others = limits.filter(({ en }) => wordsOf(en) !== wordsOf(disclaimer));
  const shown = saidAlarm(answers) ? others.filter(({ en }) => !alarmSign.test(en)) : others;
  return { limits: shown, alarmLeftOut: shown.length < others.length };
}

/** The words alone: a card may join sentences by other signs than the page. */
const wordsOf = (sentence: string) =>
  sentence
    .toLowerCase()
    .match(/\p{L}+/gu)
    ?.join(' ') ?? '';
