import type { Card } from '../card/card';
import { diagnosisOf, plainWord } from '../card/diagnoses';

/**
 * The class of a model that a label of a table most likely means, or null: the class's id, its name in either
 * language, a word for the same diagnosis; for a model that only tells malignant from benign, what the
 * diagnosis is. A proposal: the user has the last word.
 */
export function proposeClass(label: string, classes: Card['classes']): string | null {
  const word = plainWord(label);
  const byWord = (wanted: string) =>
    classes.find(({ id, name }) => [id, name.en, name.ko].some((spelling) => plainWord(spelling) === wanted))
      ?.id;
  const exact = byWord(word);
  if (exact !== undefined) return exact;
  const diagnosis = diagnosisOf(label);
  if (!diagnosis) return null;
  const same = diagnosis.words
    .map(plainWord)
    .map(byWord)
    .find((id) => id !== undefined);
  if (same !== undefined) return same;
  return byWord(diagnosis.malignant ? 'malignant' : 'benign') ?? null;
}
