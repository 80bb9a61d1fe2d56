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

/**
 * What clinicians write for the longer names. By the whole name and not by the id: that of an added package may mean
 * something else.
 */
const shortNames: Readonly<Record<string, string>> = {
  "Actinic keratosis or Bowen's disease": 'AK/Bowen',
  'Actinic keratosis': 'AK',
  'Basal cell carcinoma': 'BCC',
  'Squamous cell carcinoma': 'SCC',
  'Melanocytic nevus': 'Nevus',
  'Mole (nevus)': 'Nevus',
  'Seborrhoeic keratosis': 'Seb. keratosis',
  'Vascular lesion': 'Vascular',
};

/** The name where there is little room: shorter where there is a usual short one. */
export function shortClassNameOf(
  card: Pick<Card, 'classes'> | null | undefined,
  id: string,
  language: 'en' | 'ko',
): string {
  const name = classNameOf(card, id, language);
  return shortNames[name] ?? name;
}
