import type { Card } from '../../../core/card/card';
import { isClassifier, showsLesions } from '../../../core/card/segmenter';

/**
 * The chosen packages after one more is ticked, or taken off. The photos of a folder are of one kind, so a model for
 * another kind takes the place of those that are chosen: its answers would be measured on photos that it does not know.
 * One that finds outlines goes with models for every kind of photo that shows a lesion, and there is one at a time.
 */
export function withModel(
  chosen: readonly string[],
  cards: readonly Card[],
  { id, on }: { id: string; on: boolean },
): string[] {
  const others = chosen.filter((other) => other !== id);
  const added = cards.find((card) => card.id === id);
  if (!on || !added) return others;
  const fitting = others.filter((other) => {
    const card = cards.find((each) => each.id === other);
    return card !== undefined && goTogether(card, added);
  });
  return [...fitting, id];
}

function goTogether(card: Card, other: Card): boolean {
  if (isClassifier(card) && isClassifier(other)) return card.domain === other.domain;
  if (!isClassifier(card) && !isClassifier(other)) return false;
  return showsLesions(isClassifier(card) ? card.domain : other.domain);
}
