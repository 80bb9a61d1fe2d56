import type { Card } from './card';

/**
 * The name of a class in the words of its card; its id where the card does not know it, or where there is no
 * card.
 */
export function classNameOf(
  card: Pick<Card, 'classes'> | null | undefined,
  id: string,
  language: 'en' | 'ko',
): string {
  return card?.classes.find((cardClass) => cardClass.id === id)?.name[language] ?? id;
}
