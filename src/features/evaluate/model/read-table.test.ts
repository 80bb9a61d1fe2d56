import { expect, test } from 'vitest';
import { readLabelTable } from '../../../core/evaluation/table';
import { failure, success } from '../../../core/failure';
import { maxTableBytes, readTableHere, readTableInWorker } from './read-table';
import { piecesOf, rowsAtOnce } from './table-pieces';

const signal = new AbortController().signal;

test('a table that is too large is refused before a byte of it is read', async () => {
  const file = {
    size: maxTableBytes + 1,
    arrayBuffer: () => Promise.reject(new Error('it was read')),
  } as unknown as Blob;
  for (const read of [readTableHere, readTableInWorker])
    expect(await read(file, signal)).toMatchObject({ ok: false, failure: { code: 'table-too-large' } });
});

test('a file that is gone is a failure, and one that was given up starts no worker', async () => {
  const gone = { size: 9, arrayBuffer: () => Promise.reject(new Error('gone')) } as unknown as Blob;
  expect(await readTableHere(gone, signal)).toMatchObject({ failure: { code: 'file-unreadable' } });
  const given = await readTableInWorker(new Blob(['file,label']), AbortSignal.abort());
  expect(given).toMatchObject({ failure: { code: 'cancelled' } });
});

test('a table crosses to the page in pieces of few rows, and is whole at the end', () => {
  const count = 2 * rowsAtOnce + 3;
  const text = `file,label\n${Array.from({ length: count }, (_, at) => `${at}.jpg,nv`).join('\n')}\n`;
  const table = readLabelTable(new TextEncoder().encode(text));
  if (!table.ok) throw new Error(table.failure.code);
  const pieces = [...piecesOf(table)];
  const rows = pieces.flatMap((piece) => (piece.kind === 'rows' ? [piece.rows] : []));
  expect(rows.map(({ length }) => length)).toEqual([rowsAtOnce, rowsAtOnce, 3]);
  expect(rows.flat()).toEqual(table.value.rows);
  expect(pieces.at(-1)).toEqual({ kind: 'end', table: success({ columns: [], notes: table.value.notes }) });
  expect([...piecesOf(failure('labels-invalid'))]).toEqual([
    { kind: 'end', table: failure('labels-invalid') },
  ]);
});
