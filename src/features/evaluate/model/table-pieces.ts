import type { LabelTable } from '../../../core/evaluation/table';
import { type Result, success } from '../../../core/failure';

/** Rows that cross to the page at a time, so that it can answer a press in between. */
export const rowsAtOnce = 2000;

/** What the worker sends of a table: its rows in pieces, then the rest. */
export type TablePiece =
  | { kind: 'rows'; rows: LabelTable['rows'] }
  | { kind: 'end'; table: Result<Omit<LabelTable, 'rows'>> };

/** A table in pieces, as the worker sends it. */
export function* piecesOf(table: Result<LabelTable>): Generator<TablePiece> {
  if (table.ok) {
    for (let at = 0; at < table.value.rows.length; at += rowsAtOnce)
      yield { kind: 'rows', rows: table.value.rows.slice(at, at + rowsAtOnce) };
  }
  const { rows: _rows, ...rest } = table.ok ? table.value : { rows: [], columns: [], notes: [] };
  yield { kind: 'end', table: table.ok ? success(rest) : table };
}
