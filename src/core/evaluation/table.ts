import Papa from 'papaparse';
import { failure, type Result, success } from '../failure';
import { columnFor, type LabelRow } from './labels';
import { few, type TableNote } from './notes';
import { oneHotLabels } from './one-hot';

/** A table of labels as it was read. */
export interface LabelTable {
  rows: LabelRow[];
  /** The columns beside the file and the label, in lower case, as the table orders them. */
  columns: string[];
  /** What is to be said before anything starts. */
  notes: TableNote[];
}

/** A row of cells, with the number that a spreadsheet gives it: the head is row 1. */
interface Line {
  row: number;
  cells: string[];
}

/**
 * Reads a table of labels as spreadsheets save it: UTF-8, UTF-16, or the code page of a Korean or a Western
 * Excel; commas, semicolons, tabs or bars; with a line "sep=;" or without. The columns of HAM10000 and of the
 * ISIC archive are known by their names, and a column a class with one 1 a row is a label. Fails with
 * `labels-invalid`, which names what is missing.
 */
export function readLabelTable(bytes: Uint8Array): Result<LabelTable> {
  const { text, guessed } = decodeTable(bytes);
  const table = parseLabels(text);
  if (!table.ok || guessed === null) return table;
  return success({
    ...table.value,
    notes: [{ kind: 'encoding', values: { encoding: guessed } }, ...table.value.notes],
  });
}

/** `guessed` names an encoding that nothing in the file tells; null for UTF-8 and for UTF-16 that says so. */
function decodeTable(bytes: Uint8Array): { text: string; guessed: string | null } {
  const decode = (encoding: string, fatal = false) => new TextDecoder(encoding, { fatal }).decode(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decode('utf-16le'), guessed: null };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decode('utf-16be'), guessed: null };
  // Without a mark, half of the bytes of a table in UTF-16 are zero.
  const head = bytes.subarray(0, 512);
  const zeros = [0, 1].map(
    (half) => head.filter((byte, at) => byte === 0 && at % 2 === half).length / (head.length / 2),
  ) as [number, number];
  if (zeros[1] > 0.3) return { text: decode('utf-16le'), guessed: 'UTF-16' };
  if (zeros[0] > 0.3) return { text: decode('utf-16be'), guessed: 'UTF-16' };
  for (const [encoding, guessed] of [
    ['utf-8', null],
    // WHATWG's euc-kr is code page 949.
    ['euc-kr', 'CP949'],
  ] as const) {
    try {
      return { text: decode(encoding, true), guessed };
    } catch {
      // Not this one.
    }
  }
  return { text: decode('windows-1252'), guessed: 'Windows-1252' };
}

/** Reads a table of labels that is text already. */
export function parseLabels(text: string): Result<LabelTable> {
  const { lines, quoted, delimiter } = linesOf(text);
  const head = lines.shift()?.cells.map(plain) ?? [];
  const notes: TableNote[] = [];
  const note = (kind: TableNote['kind'], rows: readonly number[]) => {
    if (rows.length > 0) notes.push({ kind, values: { rows: few(rows.map(String)) }, count: rows.length });
  };
  note('quote', quoted);
  const twice = head.filter((column, index) => column !== '' && head.indexOf(column) !== index);
  if (twice.length > 0) notes.push({ kind: 'twice', values: { columns: few(twice) } });

  const shifted = lines.filter(({ cells }) => cells.slice(head.length).some((cell) => cell !== ''));
  note(
    'shifted',
    shifted.map(({ row }) => row),
  );
  const whole = lines.filter((line) => !shifted.includes(line));
  const records = whole.map(({ cells }) => {
    const record: Record<string, string> = {};
    for (const [index, column] of head.entries()) {
      // Of two columns of one name the first holds.
      if (column !== '' && cells[index]) record[column] ??= cells[index];
    }
    return record;
  });

  const file = columnFor('file', head);
  const label = columnFor('label', head);
  const oneHot = label === null ? oneHotLabels(head, records) : null;
  const missing = [
    ...(file === null ? ['file'] : []),
    ...(label === null && oneHot === null ? ['label'] : []),
  ];
  if (file === null || missing.length > 0)
    return failure('labels-invalid', {
      missing: missing.join(', '),
      ...(head.length > 0 ? { columns: few(head.map((name) => name.slice(0, 40))), delimiter } : {}),
    });
  if (oneHot !== null) notes.push({ kind: 'oneHot', values: { columns: few(oneHot.columns) } });
  else if (file !== 'file' || label !== 'label')
    notes.push({ kind: 'columnsTaken', values: { file, label: label ?? '' } });

  const beside = [...new Set(head)].filter(
    (column) => column !== '' && column !== file && column !== label && !oneHot?.columns.includes(column),
  );
  const rows = records.map((record, index) => ({
    file: record[file] ?? '',
    label: plain(label === null ? (oneHot?.labels[index] ?? '') : (record[label] ?? '')),
    columns: Object.fromEntries(
      beside.flatMap((column) => {
        const value = record[column];
        return value === undefined ? [] : [[column, value]];
      }),
    ),
  }));
  return success({ rows, columns: beside, notes });
}

const plain = (cell: string) => cell.trim().toLowerCase().normalize('NFC');

/**
 * The table's lines that hold something, and the rows in which a quotation mark stands where it quotes
 * nothing.
 */
function linesOf(text: string): { lines: Line[]; quoted: number[]; delimiter: string } {
  const whole = text.replace(/^\uFEFF/, '');
  // Excel's own line, which a spreadsheet shows as none.
  const separator = /^"?sep=(.)"?[ \t]*(\r\n|\r|\n)/i.exec(whole);
  const body = separator ? whole.slice(separator[0].length) : whole;
  const delimiter = separator?.[1] ?? delimiterOf(body);
  const parsed = cellsOf(body, delimiter);
  const width = parsed.rows.find((cells) => cells.some(Boolean))?.length ?? 0;
  if (!parsed.broken && !parsed.rows.some((cells) => cells.some((cell) => swallows(cell, delimiter, width))))
    return { lines: numbered(parsed.rows), quoted: [], delimiter };
  // A stray quotation mark takes the lines behind it into its cell: each line stands for itself then.
  const quoted: number[] = [];
  const lines = body.split(lineEnd).map((line, index) => {
    const { rows, broken } = cellsOf(line, delimiter);
    if (!broken) return rows[0] ?? [];
    quoted.push(index + 1);
    return line.split(delimiter).map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .replaceAll('""', '"'),
    );
  });
  return { lines: numbered(lines), quoted, delimiter };
}

const lineEnd = /\r\n|\r|\n/;

const numbered = (rows: string[][]): Line[] =>
  rows
    .map((cells, index) => ({ row: index + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));

function cellsOf(text: string, delimiter: string): { rows: string[][]; broken: boolean } {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter });
  return { rows: data, broken: errors.some(({ type }) => type === 'Quotes') };
}

/** Whether a cell of several lines holds whole rows of the table. */
function swallows(cell: string, delimiter: string, width: number): boolean {
  const [, ...behind] = cell.split(lineEnd);
  return width >= 2 && behind.some((line) => line.split(delimiter).length === width);
}

/** The character that parts the head of the table most often. */
function delimiterOf(text: string): string {
  const head = text.split(lineEnd).find((line) => line.trim() !== '') ?? '';
  const count = (character: string) => head.split(character).length;
  return [',', ';', '\t', '|'].reduce((best, next) => (count(next) > count(best) ? next : best));
}
