import type { Card } from '../../../core/card/card';
import { domainsOf, inOrder, networksOf, recommendedFor } from '../../../core/card/recommended';
import { isClassifier, segmenterFor } from '../../../core/card/segmenter';

/**
 * The packages that a kiosk offers: those of the host's list that are there and give an answer, in the host's
 * order; else the one recommended for dermoscopy that needs a photo and nothing else. Empty if there is none.
 */
export function offeredModels(cards: readonly Card[], wanted: readonly string[]): Card[] {
  const answering = cards.filter(isClassifier);
  const offered = wanted.flatMap((id) => answering.filter((card) => card.id === id));
  if (offered.length > 0) return offered;
  const alone = domainsOf(cards)
    .flatMap((domain) => inOrder(cards, domain))
    .filter(needsPhotoAlone);
  return alone.slice(0, 1);
}

const needsPhotoAlone = ({ task, metadata }: Card) => task !== 'fusion' && metadata == null;

/**
 * The package that looks through the kiosk's camera: the one that answers now where a webcam gives the kind
 * of photo that it knows, else the one for phone photos. A webcam is no dermatoscope; null where nothing here
 * can answer for what it sees.
 */
export function cameraModel(cards: readonly Card[], answering: Card | null): Card | null {
  if (answering?.domain === 'phone' || answering?.domain === 'acne') return answering;
  return recommendedFor(cards, 'phone');
}

/**
 * Whether one spot must be seen in the picture before a package is asked: it would call bare skin something,
 * too.
 */
export const needsSpot = ({ domain }: Pick<Card, 'domain'>): boolean =>
  domain === 'phone' || domain === 'dermoscopy';

/**
 * All that must be loaded before the doors open: what is offered, what the camera needs, and the segmenters
 * that the engine asks first.
 */
export function neededModels(cards: readonly Card[], offered: readonly Card[]): Card[] {
  const segmenters = offered.flatMap(({ domain }) => segmenterFor(cards, domain) ?? []);
  const camera = cameraModel(cards, offered[0] ?? null);
  const answering = [...offered, ...(camera && offered.length > 0 ? [camera] : [])];
  return [...new Set([...answering, ...segmenters].flatMap((card) => [card, ...networksOf(card, cards)]))];
}
