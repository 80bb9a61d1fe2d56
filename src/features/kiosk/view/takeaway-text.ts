import type { TFunction } from 'i18next';
import type { Card } from '../../../core/card/card';
import { formatDate } from '../../../core/date-locale';
import type { ClassPermille, Look, SampleLook, Takeaway } from '../../../core/takeaway/takeaway';
import type { Listed } from '../../../report/brief-list';
import { formatProbability } from '../../../ui/format';
import { headlineWords } from '../../../ui/takeaway/headline-words';
import { takenList } from '../../../ui/takeaway/taken-list';

/** Classes of a look with their numbers: a code with all of them would be too fine for a phone's camera. */
const classesShown = 2;
/** Names of what cannot be ruled out, for the same reason; the rest is counted. */
const namesShown = 3;

export interface TextWords {
  t: TFunction;
  /** A card's text in the language now shown. */
  read: (text: Card['title']) => string;
  /** Of the program's own languages, for numbers. */
  language: string;
  /** Of the language now shown, for the day. */
  locale: string;
  cards: readonly Card[];
  /** What cannot be ruled out, in a line. */
  listOf: (card: Card | null, listed: Listed, most: number) => string;
}

/** A takeaway as a few lines of plain text, for a kiosk that no phone can reach. */
export function takeawayText({ day, looks, round }: Takeaway, words: TextWords): string {
  const { t, locale } = words;
  const date = formatDate(new Date(`${day}T12:00`), locale);
  const score = (who: string, right: number, of: number) => `${who}: ${t('takeaway.score', { right, of })}`;
  const bySite = siteWords(words);
  return [
    `${t('app.name')}, ${date}`,
    ...(round
      ? [
          score(t('takeaway.you'), round.you, round.of),
          round.machine === null
            ? t('takeaway.noScore')
            : score(t('takeaway.machine'), round.machine, round.of),
          ...(round.drawn ? [t('takeaway.drawnRound')] : []),
          ...bySite(round.site),
        ]
      : []),
    ...looks.flatMap((look) => [lineOf(look, words), ...bySite(look.model.site)]),
    t('app.disclaimer'),
  ].join('\n');
}

const siteWords =
  ({ t, locale }: TextWords) =>
  (day: string | undefined) =>
    day === undefined ? [] : [t('takeaway.site', { day: formatDate(new Date(`${day}T12:00`), locale) })];

function lineOf(look: Look, { t, read, language, cards, listOf }: TextWords): string {
  const card = cards.find(({ id }) => id === look.model.id);
  const model = `${card ? read(card.title) : look.model.id} ${look.model.version}`;
  if (look.kind === 'camera') return `${t('takeaway.camera')} (${model})`;
  const sample = t('takeaway.sample', { number: look.sample });
  const drawn = look.kind === 'drawing' ? `, ${t('takeaway.drawn')}` : '';
  const list = takenList(look);
  // The list has their names: of those with numbers one is enough.
  const classes = classesOf(look, card, list ? 1 : classesShown).map(({ id, permille }) => {
    const known = card?.classes.find((each) => each.id === id);
    return `${known ? read(known.name) : id} ${formatProbability(permille / 1000, language)}`;
  });
  const answer = [
    look.headline === 'most-probable' ? t('verdict.cell.no-threshold') : headlineWords(t, look.headline),
  ];
  const said = list
    ? [[...answer, listOf(card ?? null, list, namesShown)].join('. '), ...classes].join('; ')
    : [...answer, ...classes].join(', ');
  return `${sample}${drawn} (${model}): ${said}`;
}

/** The most probable ones; of a flagged photo first the one that it was flagged for, or both might be benign. */
function classesOf(
  { headline, probabilities }: SampleLook,
  card: Card | undefined,
  shown: number,
): ClassPermille[] {
  const positive = card?.decision?.positive ?? [];
  const flagged = probabilities.find(({ id }) => headline === 'flagged' && positive.includes(id));
  const others = probabilities.filter((each) => each !== flagged);
  return [...(flagged ? [flagged] : []), ...others].slice(0, shown);
}
