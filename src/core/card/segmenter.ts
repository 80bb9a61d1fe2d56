import type { Card } from './card';

/**
 * The Dice index, measured on its test side, from which a segmenter outlines lesions in a kind of photo
 * unasked.
 */
const minDice = 0.8;

/**
 * What the data sets of each kind of photo are called in a card's results; other kinds show no single lesion
 * to outline.
 */
const dataSets: Partial<Record<Card['domain'], string>> = { dermoscopy: 'derm', phone: 'phone' };

/** Whether lesions are looked for in a kind of photo. */
export function showsLesions(domain: Card['domain']): boolean {
  return dataSets[domain] !== undefined;
}

/**
 * The package that looks for lesions in a kind of photo: the first one that was measured to do it well enough
 * there, or of which nothing is known for that kind. A wrong outline would be worse than none. Null where
 * there is no such package.
 */
export function segmenterFor(cards: readonly Card[], domain: Card['domain']): Card | null {
  const set = dataSets[domain];
  if (set === undefined) return null;
  return cards.find((card) => card.task === 'segmentation' && diceOn(card, set) >= minDice) ?? null;
}

function diceOn({ results }: Card, set: string): number {
  const measured = results.subgroups.find(({ field, value }) => field === 'set' && value === set);
  return measured?.metrics.dice?.value ?? 1;
}

/** Whether a package gives class probabilities; a segmenter only outlines lesions for others. */
export const isClassifier = ({ task }: Pick<Card, 'task'>): boolean => task !== 'segmentation';
