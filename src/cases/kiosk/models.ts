import type { Card } from '../../core/card';

/**
 * The packages that a kiosk offers: those of the host's list that are there and give an answer, in the host's order; else the first one that needs
 * a photo and nothing else. Empty where there is none.
 */
export function offeredModels(cards: readonly Card[], wanted: readonly string[]): Card[] {
  const answering = cards.filter(({ task }) => task !== 'segmentation');
  const offered = wanted.flatMap((id) => answering.filter((card) => card.id === id));
  if (offered.length > 0) return offered;
  return answering.filter((card) => card.task === 'classification' && card.metadata == null).slice(0, 1);
}

/** Kinds of photo in which the engine looks for lesions first. */
const searched: Card['domain'][] = ['dermoscopy', 'phone'];

/** All that must be loaded before the doors open: what is offered, and the segmenter that the engine asks first, where there is one. */
export function neededModels(cards: readonly Card[], offered: readonly Card[]): Card[] {
  if (!offered.some(({ domain }) => searched.includes(domain))) return [...offered];
  const segmenter = cards.find(({ task, domain }) => task === 'segmentation' && searched.includes(domain));
  return segmenter ? [...offered, segmenter] : [...offered];
}
