import type { Card } from '../core/card/card';
import { classNameOf } from '../core/card/class-name';
import { formatDate } from '../core/date-locale';
import { type Flag, saidFlag } from '../core/decision/flag';
import type { SiteCalibration } from '../core/decision/site-calibration';
import { isFlaggedAllTheSame, type Verdict } from '../core/decision/verdict';
import { probabilityInPercent, withPercentSign } from '../core/percent';
import { briefList } from './brief-list';
import { fill, type Language, type VerdictWords } from './words';

/** A verdict in words, for screens and reports alike. What there is nothing to say about is null. */
export interface VerdictText {
  headline: string;
  /** Beside "no confident result", where the photo is flagged. */
  flaggedAllTheSame: string | null;
  noResult: string | null;
  /** What is added up, against the threshold. */
  sum: string | null;
  /** What the threshold was set for, and what it was worth. */
  target: string | null;
  measured: string | null;
  /** That this is less than the threshold was set for, by more than chance. */
  fellShort: string | null;
  /** That this says too much, where the threshold was chosen on the very photos that it was measured on. */
  flatters: string | null;
  caution: string | null;
  /** Null where there is no result: then nothing is ruled out. */
  list: { classes: string; forFlag: string | null; promise: string | null; held: string | null } | null;
  spread: string[];
  site: string | null;
  otherVersion: string | null;
  /** What leads with its numbers, in a line. */
  cell: string;
  /** What cannot be ruled out, with short names, to stand beside it. */
  brief: string;
}

interface Writing {
  words: VerdictWords;
  language: Language;
  /** Digits after the point of a percentage, at the least: more where two would look equal. */
  minDigits: number;
  /** Between a number and its sign. */
  space?: string;
  /** What a package is called, for the members of a panel. */
  titleOf?: (packageId: string) => string;
}

export function verdictText(card: Pick<Card, 'classes'>, verdict: Verdict, writing: Writing): VerdictText {
  const { words, language, minDigits } = writing;
  const { headline, noResult, flag, list, top, site, otherVersion: other } = verdict;
  const percent = percentBy(writing);
  const named = namesBy(card, language);
  const said = { name: top.name[language], probability: percent(top.probability) };
  const decided = saidFlag(flag, noResult === null);
  const allTheSame = isFlaggedAllTheSame(verdict);
  const digits = Math.max(minDigits, decided?.digits ?? 0);
  const sum = decided && {
    added: words.added[decided.added],
    classes: named(decided.positive),
    probability: percent(decided.probability, digits),
    threshold: percent(decided.threshold, digits),
  };
  const target = decided?.target ?? null;
  return {
    headline: fill(words.headline[headline], said),
    flaggedAllTheSame: allTheSame ? words.flaggedAllTheSame : null,
    noResult: noResult && words.noResult,
    sum: sum && fill(words.sum, sum),
    target:
      target === null
        ? null
        : fill(decided?.chosen ? words.targetChosen : words.target, { target: share(target, writing) }),
    measured: decided?.measured
      ? fill(words.measured, {
          sensitivity: share(decided.measured.sensitivity, writing),
          specificity: share(decided.measured.specificity, writing),
        })
      : null,
    fellShort: isBelowTarget(decided) ? words.fellShort : null,
    flatters: decided?.measured?.samePhotos ? words.flatters : null,
    caution: cautionFor(verdict, decided, words),
    list: noResult ? null : listText(list, named, writing),
    spread: spreadText(verdict, writing),
    site: site && siteText(site, words, language),
    otherVersion:
      other && fill(words.otherVersion[other.version === other.here ? 'files' : 'version'], { ...other }),
    brief: briefList(
      card,
      { classes: list.classes, listed: list.words, noResult: noResult !== null },
      words,
      language,
    ),
    cell: fill(words.cell[allTheSame ? 'no-result-flagged' : headline], { ...said, ...sum }),
  };
}

/** That a calibration of the site judged, which, and what it was fitted on. */
export const siteText = (site: SiteCalibration, words: VerdictWords, language: Language): string =>
  fill(words.site, {
    name: site.name,
    date: formatDate(site.createdAt, language),
    count: site.fitted.count,
  });

/** What must not be read into an answer. Without a result nothing but a flag is said, which no sentence may weaken. */
function cautionFor({ noResult, flag }: Verdict, said: Flag | null, words: VerdictWords): string | null {
  if (said) return words.caution[said.flagged ? 'flagged' : 'not-flagged'];
  return flag || noResult ? null : words.caution['no-threshold'];
}

/** Of 100 photos; of fewer that were measured in their own number, so that it promises no more than they do. */
const shareOf = ({ ofHundred, held, count }: Verdict['list']['heldByClass'][number]) =>
  count < 100 ? { count: held, of: count } : { count: ofHundred, of: 100 };

/** The test showed that the threshold finds fewer than it was set for: its whole 95 % interval lies below. */
const isBelowTarget = (flag: Flag | null): boolean =>
  flag !== null && flag.target !== null && (flag.measured?.intervals?.sensitivity.high ?? 1) < flag.target;

function listText(list: Verdict['list'], named: (ids: readonly string[]) => string, writing: Writing) {
  const { words } = writing;
  const [first, ...others] = list.heldByClass;
  const item = (template: string, held: NonNullable<typeof first>) =>
    fill(template, { name: named([held.class]), ...shareOf(held) });
  const byClass = first && [
    item(words.list.heldFirst, first),
    ...others.map((held) => item(words.list.heldOther, held)),
  ];
  const overall =
    list.held === null ? null : fill(words.list.heldOverall, { share: share(list.held, writing) });
  return {
    classes: fill(words.list[list.words], { classes: named(list.classes) }),
    forFlag: list.forFlag.length > 0 ? fill(words.list.forFlag, { classes: named(list.forFlag) }) : null,
    promise:
      list.promise &&
      [
        fill(words.list.promise[list.promise.method], { coverage: share(list.promise.coverage, writing) }),
        ...(list.pooled.length > 0 ? [fill(words.list.pooled, { classes: named(list.pooled) })] : []),
      ].join(' '),
    held: byClass ? fill(words.list.held, { classes: byClass.join(', ') }) : overall,
  };
}

function spreadText({ spread }: Verdict, writing: Writing): string[] {
  if (!spread) return [];
  const { words, titleOf = (id) => id } = writing;
  const percent = percentBy(writing);
  const { flagging, deciding } = spread;
  const range = fill(words.spread.range, {
    lowest: percent(spread.lowest),
    highest: percent(spread.highest),
    deviation: (100 * spread.deviation).toFixed(writing.minDigits),
  });
  if (deciding === 0) return [range];
  const all = flagging.length === deciding ? words.spread.all : words.spread.some;
  const members = flagging.map(titleOf).join(', ');
  const template = flagging.length === 0 ? words.spread.none : all;
  return [range, fill(template, { deciding, count: flagging.length, members })];
}

/** What leads, in a line. */
export const verdictLead = ({ headline, flaggedAllTheSame }: VerdictText): string =>
  [headline, flaggedAllTheSame].flatMap((part) => (part ? [`${part}.`] : [])).join(' ');

/** The sentences of a verdict after its lead, in the order in which they are said. */
export function verdictSentences(text: VerdictText): string[] {
  const { noResult, sum, target, measured, fellShort, flatters, caution, list, spread, site, otherVersion } =
    text;
  const worth = [target, measured, fellShort, flatters].flatMap((part) => part ?? []).join(' ');
  const all = [
    noResult,
    [sum, caution].flatMap((part) => part ?? []).join(' '),
    worth,
    list && [list.classes, list.forFlag].flatMap((part) => part ?? []).join(' '),
    list && [list.promise, list.held].flatMap((part) => part ?? []).join(' '),
    spread.join(' '),
    site,
    otherVersion,
  ];
  return all.flatMap((sentence) => (sentence ? [sentence] : []));
}

const percentBy =
  ({ language, minDigits, space }: Writing) =>
  (probability: number, digits = minDigits) =>
    probabilityInPercent(probability, language, { digits, ...(space && { space }) });

/** A share that was counted: here 100 % may stand. */
const share = (value: number, { language, space }: Writing) =>
  withPercentSign(String(Number((100 * value).toFixed(1))), language, space);

const namesBy = (card: Pick<Card, 'classes'>, language: Language) => (ids: readonly string[]) =>
  ids.map((id) => classNameOf(card, id, language)).join(', ');
