/** `docs/performance.md`, written of what a comparison and a drop measured. */
import type { CasesResult } from '../cases/cases';
import { type DropResult, longTask } from '../drop/drop';
import { camera, type LiveResult } from '../live/live';
import { type ComparedRow, type Comparison, nameOf } from './compare';
import type { Measured } from './measure';

export interface ReportOptions {
  comparison: Comparison;
  drops: DropResult[];
  books: CasesResult[];
  live?: readonly LiveResult[];
  /** The table of large inputs, empty where none were measured. */
  large?: readonly string[];
  /** The machine, its browser and system, in words. */
  machine: string;
  /**
   * Programs that wanted a processor when it began, on average over a minute; 0 on Windows, which does not
   * say.
   */
  load: number;
  /** The command that wrote it. */
  command: string;
  rounds: number;
}

/** Load from which times say little. */
const busy = 0.5;

const programs = { lentigo: 'Lentigo', ort: 'onnxruntime-web', tfjs: 'TensorFlow.js' };

export function performanceReport({
  comparison,
  drops,
  books,
  live = [],
  large = [],
  machine,
  load,
  command,
  rounds,
}: ReportOptions): string {
  const { rows, processor } = comparison;
  const software = rows.some((row) => row.rounds.some((round) => round.software));
  const parts = [
    '# Performance',
    `Written by \`${command}\`. Do not edit: run it again.`,
    `Measured on ${machine}. Every figure is the median of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}; each program runs in a browser`,
    'of its own, in turn. A ratio is the time of Lentigo over that of the other program: below 1, Lentigo is faster.',
    ...(load > busy
      ? [
          '',
          `**The machine was busy**: ${load.toFixed(1)} other programs wanted a processor. Times that a program waits for are noise here; what a pass costs the processor is not.`,
        ]
      : []),
    ...(software
      ? [
          '',
          'The GPU is emulated in software (marked †): its times say nothing of a real GPU, its answers do.',
        ]
      : []),
    '',
    '- *First answer*: from the files on this machine to the first answer, with loading, compiling and warming up.',
    '- *Steady*: one pass of one photo after that, its answer read back. *Eight*: eight photos in one pass, for each of them.',
    '- *Peak*: most memory of the page and the GPU process. *Off*: largest difference to the golden sample of the card.',
    '',
    ...[...new Set(rows.map(({ card }) => card.id))].flatMap((id) => [
      `## ${id}`,
      '',
      ...tableOf(rows.filter(({ card }) => card.id === id)),
      '',
    ]),
    ...(processor.size > 0
      ? ['## What a WebGPU pass costs the processor', '', ...processorTable(processor), '']
      : []),
    ...(live.length > 0 ? ["## The kiosk's live camera", '', ...liveTable(live), ''] : []),
    ...(books.length > 0 ? ['## The screen of the cases', '', ...casesTable(books), ''] : []),
    ...(large.length > 2 ? ['## Large inputs', '', ...large, ''] : []),
    ...(drops.length > 0 ? ['## Many photos in one drop', '', ...dropTable(drops), ''] : []),
  ];
  return parts.join('\n');
}

function tableOf(rows: readonly ComparedRow[]): string[] {
  const lines = rows.map((row) => {
    const { way, program, problem } = row;
    const place = `${nameOf(way)}${row.rounds.some(({ software }) => software) ? ' †' : ''}`;
    if (problem !== null || row.rounds.length === 0)
      return `| ${place} | ${programs[program]} | does not run: ${problem?.replaceAll('|', '/').slice(0, 90)} | | | | | |`;
    const own = rows.find((other) => other.way === way && other.program === 'lentigo');
    const ratio = program === 'lentigo' || !own?.rounds.length ? '' : (steady(own) / steady(row)).toFixed(2);
    const cells = [
      place,
      programs[program] + notes(row.rounds),
      milliseconds(of(row, ({ load, first }) => load + first)),
      milliseconds(steady(row)),
      ratio,
      milliseconds(of(row, ({ batch }) => (batch ? median(batch) / 8 : null))),
      megabytes(of(row, ({ peak }) => peak)),
      (of(row, ({ difference }) => difference) ?? Number.NaN).toExponential(0),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| Back end | Program | First answer | Steady | Ratio | Eight, each | Peak | Off |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ];
}

function processorTable(processor: Comparison['processor']): string[] {
  const lines = [...processor].map(([id, cost]) => {
    if (!cost) return `| ${id} | not measured | | | | |`;
    const { tfjs, unrecorded, recorded } = cost;
    const cells = [tfjs, unrecorded, recorded].map((each) => `${each.milliseconds.toFixed(2)} ms`);
    return `| ${id} | ${tfjs.dispatches} | ${recorded.dispatches} | ${cells.join(' | ')} |`;
  });
  return [
    'On an adapter that computes nothing, so that only the processor is timed.',
    '',
    '| Package | Dispatches, TensorFlow.js | Dispatches, Lentigo | TensorFlow.js | Rewritten | Recorded |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ];
}

function liveTable(live: readonly LiveResult[]): string[] {
  const { width, height, framesPerSecond } = camera;
  return [
    `A camera of ${width} x ${height} pixels and ${framesPerSecond} frames a second, the phone model, no outline. A frame that comes while another is at work is dropped.`,
    '',
    '| Back end | Frames answered a second | A frame to its answer |',
    '| --- | ---: | ---: |',
    ...live.map((row) => `| ${row.backend} | ${row.framesPerSecond} | ${milliseconds(row.milliseconds)} |`),
  ];
}

function casesTable(books: readonly CasesResult[]): string[] {
  return [
    '*Opened*: from the press to the first rows. *All*: until every case is read, with the longest task of the main thread until then. *Letter*: from a letter of a search to its rows. *Processor*: of that, time of the main thread.',
    '',
    '| Cases | Opened | Processor | All | Longest task | Letter, median | Longest | Processor | Elements |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...books.map(({ cases, opened, openedProcessor, read, longest, letter, nodes }) => {
      const times = [opened, openedProcessor, read, longest, letter.median, letter.longest, letter.processor];
      return `| ${[cases, ...times.map(milliseconds), nodes].join(' | ')} |`;
    }),
  ];
}

function dropTable(drops: readonly DropResult[]): string[] {
  return [
    '*Listed*: from the drop to the list with its first rows. *Longest task*: of the main thread, from the drop to 20 s after the first answer.',
    '',
    `| Photos | Listed | First answer | Longest task | Tasks over ${longTask} ms | Peak | Errors |`,
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...drops.map((drop) => {
      const photos = `${drop.photos} of ${((drop.width * drop.height) / 1e6).toFixed(1)} megapixels`;
      const cells = [
        photos,
        milliseconds(drop.listed),
        milliseconds(drop.answered),
        milliseconds(drop.longest),
        drop.long,
        megabytes(drop.peak),
        drop.errors.length,
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ];
}

const steady = (row: ComparedRow) => of(row, (round) => median(round.steady)) ?? Number.NaN;

/** The median over the rounds; null where no round has the figure. */
function of(row: ComparedRow, figure: (round: Measured) => number | null): number | null {
  const figures = row.rounds.map(figure).filter((value) => value !== null);
  return figures.length > 0 ? median(figures) : null;
}

function notes(rounds: readonly Measured[]): string {
  const said = [...new Set(rounds.map(({ note }) => note).filter(Boolean))];
  return said.length > 0 ? ` (${said.join(', ').replaceAll('|', '/')})` : '';
}

/** Of an even number of values, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

function milliseconds(value: number | null): string {
  if (value === null) return '';
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}

const megabytes = (bytes: number | null) => (bytes === null ? '' : `${Math.round(bytes / 1e6)} MB`);
