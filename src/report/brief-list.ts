import type { Card } from '../core/card/card';
import { shortClassNameOf } from '../core/card/class-name';
import { kinds } from '../core/card/kinds';
import type { ClassList } from '../core/decision/class-list';
import { fill, type Language, type VerdictWords } from './words';

/** What cannot be ruled out, of an answer of now or of one that was said at another time. */
export interface Listed {
  /** Class ids. */
  classes: readonly string[];
  listed: ClassList['words'];
  noResult: boolean;
}

/**
 * What cannot be ruled out, in a line for a row of many: short names, the most urgent kind first, so that a line that
 * is cut off at its end never hides a melanoma behind a nevus. Of more than `most` names the rest is counted: "+2".
 */
export function briefList(
  card: Pick<Card, 'classes'> | null | undefined,
  { classes, listed, noResult }: Listed,
  words: VerdictWords,
  language: Language,
  most = Number.POSITIVE_INFINITY,
): string {
  const brief = words.list.brief;
  if (noResult) return brief.nothing;
  if (listed === 'all') return brief.all;
  const urgency = (id: string) =>
    kinds.indexOf(card?.classes.find((each) => each.id === id)?.kind ?? 'benign');
  const names = [...classes]
    .sort((a, b) => urgency(b) - urgency(a))
    .map((id) => shortClassNameOf(card, id, language));
  const different = [...new Set(names)];
  const rest = different.length - most;
  const named = { classes: `${different.slice(0, most).join(', ')}${rest > 0 ? ` +${rest}` : ''}` };
  return fill(listed === 'unsure' ? brief.unsure : brief.some, named);
}
