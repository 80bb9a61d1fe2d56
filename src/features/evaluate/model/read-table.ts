import { type LabelTable, readLabelTable } from '../../../core/evaluation/table';
import { failure, type Result, success } from '../../../core/failure';
import type { MeasureRequest } from './measure.worker';
import type { TablePiece } from './table-pieces';

/** Bytes of a table of labels: some 200,000 rows. A larger one is refused before it is read. */
export const maxTableBytes = 16 * 2 ** 20;

/** Reads a table of labels; fails with "table-too-large", "file-unreadable", "labels-invalid", "cancelled". */
export type ReadTable = (file: Blob, signal: AbortSignal) => Promise<Result<LabelTable>>;

/** On this thread, for small tables and for where there are no workers. */
export const readTableHere: ReadTable = async (file) => {
  const bytes = file.size > maxTableBytes ? tooLarge(file) : await bytesOf(file);
  return bytes.ok ? readLabelTable(bytes.value) : bytes;
};

/** In a worker of its own, which the signal ends. */
export const readTableInWorker: ReadTable = async (file, signal) => {
  const bytes = file.size > maxTableBytes ? tooLarge(file) : await bytesOf(file);
  if (!bytes.ok) return bytes;
  if (signal.aborted) return failure('cancelled');
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./measure.worker.ts', import.meta.url), { type: 'module' });
    const end = (result: Result<LabelTable>) => {
      worker.terminate();
      resolve(result);
    };
    signal.addEventListener('abort', () => end(failure('cancelled')));
    const rows: LabelTable['rows'] = [];
    worker.onmessage = ({ data }: MessageEvent<TablePiece>) => {
      if (data.kind === 'rows') for (const row of data.rows) rows.push(row);
      else end(data.table.ok ? success({ rows, ...data.table.value }) : data.table);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      end(failure('worker-died', { reason: event.message }));
    };
    const request: MeasureRequest = { kind: 'table', bytes: bytes.value };
    worker.postMessage(request, [bytes.value.buffer]);
  });
};

const tooLarge = (file: Blob) => failure('table-too-large', { bytes: file.size, limit: maxTableBytes });

async function bytesOf(file: Blob): Promise<Result<Uint8Array<ArrayBuffer>>> {
  try {
    return success(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    return failure('file-unreadable', { reason: String(error) });
  }
}

/** Tables are read one at a time: a later one ends an earlier one. `onReading` is called at begin and end. */
export function createTableReading(readTable: ReadTable, onReading: (reading: boolean) => void) {
  let control: AbortController | null = null;
  return {
    /** Runs what may read a table; null where a later one has taken its place. */
    async only<T>(run: (read: (file: Blob) => ReturnType<ReadTable>) => Promise<T>): Promise<T | null> {
      control?.abort();
      const mine = new AbortController();
      control = mine;
      const result = await run((file) => {
        onReading(true);
        return readTable(file, mine.signal);
      });
      if (control !== mine) return null;
      onReading(false);
      return result;
    },
    /** Gives up what is being read: it fails with "cancelled". */
    cancel: () => control?.abort(),
  };
}
