import type { Card } from '../../../core/card/card';
import { isClassifier, segmenterFor } from '../../../core/card/segmenter';

/**
 * The packages that a kiosk offers: those of the host's list that are there and give an answer, in the host's order; else the first one that needs
 * a photo and nothing else. Empty where there is none.
 */
export function offeredModels(cards: readonly Card[], wanted: readonly string[]): Card[] {
  const answering = cards.filter(isClassifier);
  const offered = wanted.flatMap((id) => answering.filter((card) => card.id === id));
  if (offered.length > 0) return offered;
  return answering.filter((card) => card.task === 'classification' && card.metadata == null).slice(0, 1);
}

/** All that must be loaded before the doors open: what is offered, and the segmenters that the engine asks first. */
export function neededModels(cards: readonly Card[], offered: readonly Card[]): Card[] {
  const segmenters = offered.flatMap(({ domain }) => segmenterFor(cards, domain) ?? []);
  return [...new Set([...offered, ...segmenters])];
}
