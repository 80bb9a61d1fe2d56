import type { Card } from './card';
import { isClassifier } from './segmenter';

/**
 * Which package a screen starts with, and in which order it offers them: read off the cards, so that a new
 * package needs no code.
 */

/** The things that a package tells apart: what its card calls one thing counts once. */
export const answersOf = ({ classes, merge }: Pick<Card, 'classes' | 'merge'>): number =>
  merge?.length ?? classes.length;

/**
 * The package to ask about a kind of photo: of those that were measured and tell the most things apart a
 * panel, else the one
 * with the best area under the curve for what must not be missed (`malignantAuc`), or over all classes where
 * not all were measured so. Null if there is none.
 */
export function recommendedFor(cards: readonly Card[], domain: Card['domain']): Card | null {
  return inOrder(cards, domain)[0] ?? null;
}

/**
 * The package that a clinic starts with: for dermoscopy; where none is, for a kind of photo that some package
 * knows.
 */
export function defaultModel(cards: readonly Card[]): Card | null {
  return domainsOf(cards).flatMap((domain) => inOrder(cards, domain))[0] ?? null;
}

/** The kinds of photo that packages answer for: dermoscopy first, the others in the order of the list. */
export function domainsOf(cards: readonly Card[]): Card['domain'][] {
  const known = new Set(cards.filter(isClassifier).map(({ domain }) => domain));
  return [...new Set<Card['domain']>(['dermoscopy', ...known])].filter((domain) => known.has(domain));
}

/**
 * The packages for a kind of photo, the recommended one first. Those of equal worth keep the order of the
 * list.
 */
export function inOrder(cards: readonly Card[], domain: Card['domain']): Card[] {
  const fitting = cards.filter(
    (card) => card.domain === domain && isClassifier(card) && isWhole(card, cards),
  );
  const measured = fitting.filter(isMeasured);
  const measure = measured.every(({ results }) => results.metrics.malignantAuc) ? 'malignantAuc' : 'auc';
  const worth = (card: Card) => [
    // What nobody but its owner measured leads no list, however many classes it has.
    Number(isMeasured(card)),
    answersOf(card),
    Number(card.task === 'panel'),
    card.results.metrics[measure]?.value ?? 0,
  ];
  return [...fitting].sort((a, b) => compare(worth(b), worth(a)));
}

const isMeasured = ({ results: { metrics, origin } }: Card) =>
  origin === 'published' && Object.keys(metrics).length > 0;

/** Whether all the members of a panel are there; true of any other package. */
export function isWhole(card: Card, cards: readonly Card[]): boolean {
  if (card.task !== 'panel') return true;
  return card.panel.members.every(({ id, version }) =>
    cards.some((other) => other.id === id && other.version === version),
  );
}

/** The package itself, or the members that stand behind a panel. */
export function networksOf(card: Card, cards: readonly Card[]): Card[] {
  if (card.task !== 'panel') return [card];
  return card.panel.members.flatMap(({ id }) => cards.find((other) => other.id === id) ?? []);
}

/**
 * Bytes of all files that a user downloads to ask packages: of a panel those of its members, and what two of
 * them share once.
 */
export function downloadBytes(wanted: Card | readonly Card[], cards: readonly Card[]): number {
  const networks = [wanted].flat().flatMap((card) => networksOf(card, cards));
  const files = [...new Set(networks)].flatMap((network) => network.files);
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((value, index) => value !== b[index]);
  return differing < 0 ? 0 : (a[differing] as number) - (b[differing] as number);
}
