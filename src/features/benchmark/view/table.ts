import type { BenchmarkResult } from '../../../engine/engine';
import { formatBytes, formatDuration, formatNumber } from '../../../ui/format';
import type { BenchmarkRow } from '../model/benchmark';
import { latencyOf } from '../model/latency';

/** The columns of figures, in order. */
export const columns = [
  'download',
  'load',
  'compile',
  'first',
  'median',
  'p90',
  'count',
  'batch',
  'weights',
  'allocated',
] as const;
export type Column = (typeof columns)[number];

const absent = '–';

/** A row's figures as people read them, in the order of `columns`. `perSecond` writes a throughput. */
export function figuresOf(
  { download, load, first, steady, batch, memory }: BenchmarkResult,
  language: string,
  perSecond: (value: string) => string,
): Record<Column, string> {
  const { median, p90, count } = latencyOf(steady);
  const duration = (milliseconds: number) =>
    milliseconds < 10
      ? `${formatNumber(milliseconds, language, 1)}\u00a0ms`
      : formatDuration(milliseconds, language);
  const rate = batch && (1000 * batch.size) / latencyOf(batch.milliseconds).median;
  return {
    download: download ? duration(download.milliseconds) : absent,
    load: duration(load),
    // A first pass can come out faster than the median by chance: no setting up was needed then.
    compile: duration(Math.max(0, first - median)),
    first: duration(first),
    median: duration(median),
    p90: duration(p90),
    count: formatNumber(count, language),
    batch: rate === null ? absent : perSecond(formatNumber(rate, language, rate < 10 ? 1 : 0)),
    weights: formatBytes(memory.weights, language),
    allocated: memory.allocated === null ? absent : formatBytes(memory.allocated, language),
  };
}

/** What the words of the table are; the screen has them in its language, the command line in English. */
export interface TableWords {
  language: string;
  column: Record<Column | 'model' | 'backend', string>;
  perSecond: (value: string) => string;
  nameOf: (packageId: string) => string;
  /** Why a row has no figures. */
  failed: (row: BenchmarkRow) => string;
}

/** The table as GitHub writes them, with a line above that says on what it was measured. */
export function markdown(rows: readonly BenchmarkRow[], runtime: string, words: TableWords): string {
  const head = [words.column.model, words.column.backend, ...columns.map((name) => words.column[name])];
  const lines = rows.map((row) => {
    const { packageId, backend, result } = row;
    const names = [
      words.nameOf(packageId),
      result.ok ? `${backend} (${result.value.backend.adapter})` : backend,
    ];
    if (!result.ok) return [...names, words.failed(row), ...columns.slice(1).map(() => '')];
    const figures = figuresOf(result.value, words.language, words.perSecond);
    return [...names, ...columns.map((name) => figures[name])];
  });
  const rule = head.map((_, index) => (index < 2 ? '---' : '---:'));
  const table = [head, rule, ...lines].map((cells) => `| ${cells.map(escaped).join(' | ')} |`);
  return [runtime, '', ...table, ''].join('\n');
}

const escaped = (cell: string) => cell.replaceAll('|', '\\|').replaceAll('\u00a0', ' ');
