import type { TriageRow } from './triage-row';

/** Sorting, filtering and counting of the queue: pure functions of its rows. */

export const orders = ['arrival', 'risk', 'patient', 'name'] as const;
export type Order = (typeof orders)[number];

export const filters = [
  'flagged',
  'unsure',
  'noResult',
  'notReviewed',
  'differs',
  'starred',
  'setAside',
] as const;
export type Filter = (typeof filters)[number];

const passes: Readonly<Record<Filter, (row: TriageRow) => boolean>> = {
  flagged: ({ flagged }) => flagged,
  unsure: ({ unsure }) => unsure,
  noResult: ({ noResult, failed }) => noResult || failed,
  notReviewed: ({ marks }) => !marks.includes('reviewed') && !marks.includes('setAside'),
  differs: ({ differs }) => differs,
  starred: ({ marks }) => marks.includes('starred'),
  setAside: ({ marks }) => marks.includes('setAside'),
};

/** How many rows each filter would leave. */
export function countsOf(rows: readonly TriageRow[]): Record<Filter, number> {
  const counts = Object.fromEntries(filters.map((filter) => [filter, 0])) as Record<Filter, number>;
  for (const row of rows) {
    for (const filter of filters) counts[filter] += Number(passes[filter](row));
  }
  return counts;
}

/** Whether a row passes all of these filters. */
export const passesAll = (row: TriageRow, wanted: readonly Filter[]): boolean =>
  wanted.every((filter) => passes[filter](row));

/**
 * The rows that pass all filters, in order. The photo that is looked at stays until another one is: a mark
 * that takes it out of the filter must not take it from under the eyes.
 */
export function shownRows(
  rows: readonly TriageRow[],
  order: Order,
  wanted: readonly Filter[],
  selectedId: string | null,
): readonly TriageRow[] {
  const left =
    wanted.length === 0 ? rows : rows.filter((row) => row.photo.id === selectedId || passesAll(row, wanted));
  return sorted(left, order);
}

/** The rows in this order; those that are alike in it as they came. */
export function sorted(rows: readonly TriageRow[], order: Order): readonly TriageRow[] {
  switch (order) {
    case 'arrival':
      return rows;
    case 'risk':
      return [...rows].sort((a, b) => rank(a) - rank(b) || (b.margin ?? -2) - (a.margin ?? -2));
    case 'name':
      return [...rows].sort((a, b) => alphabet.compare(a.photo.name, b.photo.name));
    case 'patient':
      return [...rows].sort(byPatient);
  }
}

/**
 * The first to be looked at has the lowest rank: what is flagged; what has no answer that one could lean on, and
 * then what no threshold judged and what is unsure, as `urgencyOf` has it; what is not flagged, from the threshold down;
 * what is still to be answered.
 */
function rank({ card, flagged, noResult, failed, unsure, margin }: TriageRow): number {
  if (flagged) return 0;
  if (noResult || failed) return 1;
  if (!card) return 5;
  if (margin === null) return 2;
  return unsure ? 3 : 4;
}

/** Numbers in names by their size, whatever language the page speaks. */
const alphabet = new Intl.Collator(['en', 'ko'], { numeric: true });

/** Photos of nobody known come last; those of one patient by their names. */
function byPatient(a: TriageRow, b: TriageRow): number {
  if ((a.patient === null) !== (b.patient === null)) return a.patient === null ? 1 : -1;
  return alphabet.compare(a.patient ?? '', b.patient ?? '') || alphabet.compare(a.photo.name, b.photo.name);
}
