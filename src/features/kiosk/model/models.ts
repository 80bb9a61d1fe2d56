import type { Card } from '../../../core/card/card';
import { domainsOf, inOrder, networksOf, recommendedFor } from '../../../core/card/recommended';
import { isClassifier, segmenterFor } from '../../../core/card/segmenter';

/**
 * The packages that a kiosk offers: those of the host's list that are there and give an answer, in the host's
 * order, for the samples' kind of photo: a visitor can choose any model for any of them. Else the one recommended for
 * dermoscopy that needs a photo and nothing else. Empty if there is none. `folder`: the host's samples. Without them
 * drawings of dermoscopy stand in; of which kind a folder is nobody says, so the host's first model has to.
 */
export function offeredModels(cards: readonly Card[], wanted: readonly string[], folder: string): Card[] {
  const listed = listedModels(cards, wanted);
  const kind = folder === '' ? 'dermoscopy' : listed[0]?.domain;
  const offered = listed.filter(({ domain }) => domain === kind);
  if (offered.length > 0) return offered;
  const alone = domainsOf(cards)
    .flatMap((domain) => inOrder(cards, domain))
    .filter(needsPhotoAlone);
  return alone.slice(0, 1);
}

/** Those of the host's list that are there and are for another kind of photo than the samples. */
export function passedOver(cards: readonly Card[], wanted: readonly string[], folder: string): Card[] {
  const offered = offeredModels(cards, wanted, folder);
  return listedModels(cards, wanted).filter((card) => !offered.includes(card));
}

function listedModels(cards: readonly Card[], wanted: readonly string[]): Card[] {
  const answering = cards.filter(isClassifier);
  return wanted.flatMap((id) => answering.filter((card) => card.id === id));
}

const needsPhotoAlone = ({ task, metadata }: Card) => task !== 'fusion' && metadata == null;

/**
 * The package that looks through the kiosk's camera: the one that answers now where a webcam gives the kind
 * of photo that it knows, else the one for phone photos. A webcam is no dermatoscope, and a model of acne has
 * numbers for bare skin as well: no single spot can be asked for, and its card has no out-of-distribution
 * score. Null where nothing here can answer for what it sees.
 */
export function cameraModel(cards: readonly Card[], answering: Card | null): Card | null {
  return answering?.domain === 'phone' ? answering : recommendedFor(cards, 'phone');
}

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
