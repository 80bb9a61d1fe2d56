import type { Analysis } from '../../../core/analysis';
import { type VerdictText, verdictLead, verdictSentences } from '../../../report/verdict-text';

/**
 * The model's verdict in sentences, for the details and the doctor's letter. Of an unusual photo it first says
 * so (`unusual`), and lists no classes: beside "the photo can't be judged", a short list would comfort. A photo
 * that the model refused says it in its own words.
 */
export function verdictLines(
  text: VerdictText,
  { outOfDistribution }: Pick<Analysis, 'outOfDistribution'>,
  unusual: string,
): string[] {
  const said = outOfDistribution?.inDistribution === false && text.noResult === null;
  const shown = said ? { ...text, list: null } : text;
  return [...(said ? [unusual] : []), verdictLead(shown), ...verdictSentences(shown)];
}
