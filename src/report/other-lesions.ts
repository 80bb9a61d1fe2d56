import type { Card } from '../core/card/card';
import { classNameOf } from '../core/card/class-name';
import { digitsApart, saidFlag } from '../core/decision/flag';
import { probabilityInPercent } from '../core/percent';
import {
  countUnasked,
  flaggedAmong,
  type OtherLesion,
  type UnaskedLesions,
} from '../core/report/other-lesions';
import { fill, type Language, type ReportWords, type UnaskedLesionsWords } from './words';

export interface OtherLesionsText {
  /** Stands beside what leads, where any of them is flagged. */
  lead: string | null;
  /** One a lesion, in the order in which they are given. */
  sentences: string[];
}

export function otherLesionsText(
  others: readonly OtherLesion[],
  card: Card,
  words: ReportWords,
  language: Language,
): OtherLesionsText {
  const flagged = flaggedAmong(others);
  const { one, several } = words.answer.otherLesions.flagged;
  return {
    lead: flagged.length === 0 ? null : fill(flagged.length === 1 ? one : several, { count: flagged.length }),
    sentences: others.map((other) => sentence(other, card, words, language)),
  };
}

function sentence(other: OtherLesion, card: Card, words: ReportWords, language: Language): string {
  const { number, of, noResult, listed, classes } = other;
  const says = words.answer.otherLesions;
  const decided = decision(other, words, language);
  const said = [...(noResult ? [says.noResult] : []), ...(decided === null ? [] : [decided])];
  const line = fill(says.line, { number, count: of, answer: said.join(', ') || says.undecided });
  // Of a lesion without a result nothing is ruled out.
  if (noResult) return line;
  const names = classes.map((id) => classNameOf(card, id, language)).join(', ');
  return `${line} ${fill(words.verdict.list[listed], { classes: names })}`;
}

function decision(other: OtherLesion, words: ReportWords, language: Language): string | null {
  const flag = saidFlag(other.flag, !other.noResult);
  if (!flag) return null;
  const digits = Math.max(1, digitsApart(flag.probability, flag.threshold));
  const percent = (share: number) => probabilityInPercent(share, language, { digits });
  return fill(words.answer.otherLesions.decided[flag.flagged ? 'flagged' : 'not-flagged'], {
    probability: percent(flag.probability),
    threshold: percent(flag.threshold),
  });
}

/**
 * For a cell of a table, whose words are English: "lesion 2 of 3: flagged, 0.6 against 0.34; lesion 3 of 3:
 * no result".
 */
export const otherLesionsCell = (others: readonly OtherLesion[]): string =>
  others
    .map(({ number, of, noResult, flag }) => {
      const decided = saidFlag(flag, !noResult);
      const said = [
        ...(noResult ? ['no result'] : []),
        ...(decided
          ? [
              decided.flagged ? 'flagged' : 'not flagged',
              `${decided.probability} against ${decided.threshold}`,
            ]
          : []),
      ];
      return `lesion ${number} of ${of}: ${said.join(', ') || 'no threshold'}`;
    })
    .join('; ');

/** How many lesions were found that have no answer, which, and why; null where there are none. */
export function unaskedLesionsText(
  unasked: readonly UnaskedLesions[],
  words: UnaskedLesionsWords,
): string | null {
  if (unasked.length === 0) return null;
  const which = unasked.map(({ reason, numbers, of, limit }) => {
    const known = limit === null ? words.reason[reason === 'limit' ? 'not-asked' : reason] : null;
    const said = known ?? fill(words.reason[reason], { limit: limit ?? 0 });
    return fill(words.which, { numbers: numbers.join(', '), of, reason: said });
  });
  return `${unaskedCount(unasked, words)}: ${which.join('; ')}.`;
}

/** How many lesions were found that have no answer, for a line. */
export function unaskedCount(
  unasked: readonly UnaskedLesions[],
  words: Pick<UnaskedLesionsWords, 'one' | 'several'>,
): string {
  const count = countUnasked(unasked);
  return fill(count === 1 ? words.one : words.several, { count });
}

/** For a cell of a table: "lesion 9 10 of 10: limit 8; lesion 3 of 10: failed". */
export const unaskedLesionsCell = (unasked: readonly UnaskedLesions[]): string =>
  unasked
    .map(
      ({ reason, numbers, of, limit }) =>
        `lesion ${numbers.join(' ')} of ${of}: ${reason}${limit === null ? '' : ` ${limit}`}`,
    )
    .join('; ');
