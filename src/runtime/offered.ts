import type { Card } from '../core/card/card';
import type { RuntimeState } from './runtime';

/**
 * The packages that the site itself offers today. What somebody added to this browser (its figures are its
 * maker's word), and what the site has taken back since this browser kept it, answer only where they are
 * chosen on purpose.
 */
export function offeredCards({
  cards,
  added,
  problems,
}: Pick<RuntimeState, 'cards' | 'added' | 'problems'>): Card[] {
  if (cards.state !== 'ready') return [];
  const takenBack = problems.filter(({ failure }) => failure.code === 'package-unknown');
  const others = new Set([...added, ...takenBack.map(({ packageId }) => packageId)]);
  return cards.value.filter(({ id }) => !others.has(id));
}
