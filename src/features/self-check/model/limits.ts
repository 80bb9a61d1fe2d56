import type { Card, Limit } from '../../../core/card/card';
import { type SelfCheckAnswers, saidAlarm } from './outcome';

/**
 * The limits of a card that its reader has not read yet. The page shows its own disclaimer, so the card's is
 * left out. Whoever said that a spot bled is not told to come once it bleeds.
 */
export function limitsToShow(
  { limits }: Pick<Card, 'limits'>,
  answers: SelfCheckAnswers,
): { limits: Limit[]; alarmLeftOut: boolean } {
  const others = limits.filter(({ about }) => about !== 'disclaimer');
  const shown = saidAlarm(answers) ? others.filter(({ about }) => about !== 'alarm-signs') : others;
  return { limits: shown, alarmLeftOut: shown.length < others.length };
}
