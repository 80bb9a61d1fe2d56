import type { Card } from '../card/card';
import { isSiteField, metadataForCard } from '../patient/body-sites';
import { encodeField, type MetadataField, unknownIndex } from '../patient/metadata';
import {
  ageOf,
  columnFor,
  factColumns,
  type LabelRow,
  metadataFromRow,
  saysUnknown,
  sexOf,
  siteOf,
  siteOfWord,
} from './labels';

/**
 * What is said of a table before a run. Its sentence is `labelTable.note.<kind>` in the language files, filled
 * with `values`.
 */
export interface TableNote {
  kind: /** Nothing in the file says its encoding: it was guessed. */
    | 'encoding'
    /** Rows with a quotation mark that quotes nothing. */
    | 'quote'
    /** Rows with more cells than the head: left out, since nobody knows which cell is which. */
    | 'shifted'
    /** Columns that stand twice. */
    | 'twice'
    /** The columns that were taken for "file" and "label". */
    | 'columnsTaken'
    /** A column a class was taken for the label. */
    | 'oneHot'
    /** Several tables lie in the folder and none is called labels.csv. */
    | 'severalTables'
    /** Values that no model understands. */
    | 'valueUnknown'
    /** What a model asks for and the table does not have. */
    | 'factMissing'
    /** Columns that nothing uses. */
    | 'columnsUnused';
  values: Readonly<Record<string, string>>;
  /** Of rows, where a sentence counts them. */
  count?: number;
}

/** What the notes are about: a table as it was read. */
interface TableFacts {
  rows: readonly LabelRow[];
  columns: readonly string[];
}

/**
 * What the chosen models make of the table's facts: what none of them understands, what they lack, and what
 * nothing uses.
 */
export function factNotes(
  { rows, columns }: TableFacts,
  cards: readonly Card[],
  title: (card: Card) => string,
): TableNote[] {
  const asked = cards.flatMap(({ metadata }) => metadata?.fields ?? []);
  const sites = asked.filter(isSiteField);
  const columnOf = (field: MetadataField) =>
    columns.includes(field.id) ? field.id : columnFor(kindOf(field) ?? 'file', columns);
  const used = new Set<string | null>(
    (['age', 'sex', 'site', 'lesion', 'patient'] as const).map((what) => columnFor(what, columns)),
  );
  for (const field of asked) if (kindOf(field) || columns.includes(field.id)) used.add(columnOf(field));

  const understood = (row: LabelRow, column: string): boolean => {
    const fields = asked.filter((field) => columnOf(field) === column);
    if (fields.some((field) => knows(field, row))) return true;
    if (column === columnFor('age', columns)) return ageOf(row) !== null;
    if (column === columnFor('sex', columns)) return ['female', 'male'].includes(sexOf(row) ?? '');
    if (column === columnFor('site', columns) && sites.length === 0)
      return siteOfWord(siteOf(row) ?? '') !== null;
    return fields.length === 0;
  };
  const told = columns.filter(
    (column) => factColumns.has(column) || asked.some((field) => columnOf(field) === column),
  );
  const distinct = distinctRows(rows, told);
  const notes: TableNote[] = [];
  for (const column of told) {
    if (!used.has(column)) continue;
    const odd = distinct.filter(
      ({ row }) => !saysUnknown(row.columns[column] ?? '') && !understood(row, column),
    );
    if (odd.length === 0) continue;
    const words = [...new Set(odd.map(({ row }) => `“${row.columns[column]}”`))];
    const count = odd.reduce((sum, { count }) => sum + count, 0);
    notes.push({ kind: 'valueUnknown', values: { column, words: few(words) }, count });
  }
  for (const card of cards) {
    const lacking = (card.metadata?.fields ?? []).filter(
      (field) => rows.length > 0 && !distinct.some(({ row }) => knows(field, row)),
    );
    const facts = lacking.map(({ id }) => id).join(', ');
    if (facts !== '') notes.push({ kind: 'factMissing', values: { model: title(card), facts } });
  }
  const unused = columns.filter((column) => !used.has(column));
  if (unused.length > 0) notes.push({ kind: 'columnsUnused', values: { columns: unused.join(', ') } });
  return notes;
}

/**
 * The first of the rows that say the same in these columns, with how many there are: half a million rows say a few
 * thousand things of age, sex and site, and each is looked into once.
 */
function distinctRows(
  rows: readonly LabelRow[],
  columns: readonly string[],
): { row: LabelRow; count: number }[] {
  const found = new Map<string, { row: LabelRow; count: number }>();
  for (const row of rows) {
    let key = '';
    for (const column of columns) key += `${row.columns[column] ?? ''}\u0000`;
    const known = found.get(key);
    if (known) known.count += 1;
    else found.set(key, { row, count: 1 });
  }
  return [...found.values()];
}

/** Which of the known columns a field is about; null for a symptom and the like. */
function kindOf(field: MetadataField): 'age' | 'sex' | 'site' | null {
  if (field.id === 'age') return 'age';
  if (field.id === 'sex' || field.id === 'gender') return 'sex';
  return isSiteField(field) ? 'site' : null;
}

function knows(field: MetadataField, row: LabelRow): boolean {
  const values = metadataForCard({ width: field.size, fields: [field] }, metadataFromRow(row));
  return encodeField(field, values[field.id]) !== unknownIndex(field);
}

/** The first three, and a sign that there are more. */
export const few = (items: readonly string[]): string =>
  items.slice(0, 3).join(', ') + (items.length > 3 ? ' …' : '');
