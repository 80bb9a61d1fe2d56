import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Provenance } from '../../src/core/analysis';
import type { Card } from '../../src/core/card/card';
import {
  type JoinProblem,
  joinShards,
  type Placed,
  type Shard,
  type ShardAnswers,
} from '../../src/core/evaluation/shard';
import { Stop } from '../command';
import type { Answered } from './result';

/**
 * The answers of a run as they come, a line of JSON each, behind a line that says what was run: a run that is
 * stopped goes on where it was, and parts of a run are joined from such files.
 */

export interface JournalHead {
  format: 'lentigo-evaluation-part';
  schema: 1;
  shard: Shard;
  /** Images of all parts. */
  total: number;
  fingerprint: string;
  packageHash: string;
  card: Pick<Card, 'id' | 'version' | 'title' | 'classes' | 'calibration' | 'decision'>;
  /** Rows of the table that are not run: no image, no label, or none of the model's classes. */
  leftOut: number;
}

export type JournalEntry = Placed &
  (
    | ({ kind: 'answer' } & Answered & Pick<Provenance, 'backend' | 'adapter'>)
    | { kind: 'failure'; file: string; failure: string }
  );

/** This tells one run from another: of the package, the images and what the table says of them. */
export function fingerprintOf(packageHash: string, images: readonly unknown[]): string {
  const hash = createHash('sha256').update(packageHash);
  for (const image of images) hash.update(`\n${JSON.stringify(image)}`);
  return hash.digest('hex');
}

export class Journal {
  private readonly byPlace: Map<number, JournalEntry>;

  private constructor(
    private readonly path: string,
    entries: readonly JournalEntry[],
  ) {
    // What failed and was asked again stands twice: the later answer holds.
    this.byPlace = new Map(entries.map((entry) => [entry.place, entry]));
  }

  /** Goes on with the file where it is of this run, else begins it. Throws `Stop` where it is of another. */
  static open(path: string, head: JournalHead): Journal {
    if (!existsSync(path)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(head)}\n`);
      return new Journal(path, []);
    }
    const { head: found, entries, bytes } = readJournal(path);
    const { shard, fingerprint } = found;
    if (
      fingerprint !== head.fingerprint ||
      shard.index !== head.shard.index ||
      shard.count !== head.shard.count
    )
      throw new Stop(
        `${path} holds answers of another evaluation (another model, other images or labels, or another part). ` +
          'Delete it or name another file.',
        2,
      );
    // A line that a crash cut off is asked again.
    truncateSync(path, bytes);
    return new Journal(path, entries);
  }

  add(entries: readonly JournalEntry[]): void {
    appendFileSync(this.path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    for (const entry of entries) this.byPlace.set(entry.place, entry);
  }

  /** Whether this image has an answer; one that failed has none. */
  hasAnswer(place: number): boolean {
    return this.byPlace.get(place)?.kind === 'answer';
  }

  /** In the order of the images. */
  get entries(): JournalEntry[] {
    return [...this.byPlace.values()].sort((a, b) => a.place - b.place);
  }
}

/** Throws `Stop` where the file is no part of an evaluation. `bytes`: of its whole lines. */
export function readJournal(path: string): { head: JournalHead; entries: JournalEntry[]; bytes: number } {
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [first = '', ...lines] = whole.split('\n').filter((line) => line !== '');
  try {
    const head = JSON.parse(first) as JournalHead;
    if (head.format !== 'lentigo-evaluation-part' || head.schema !== 1) throw new Error('another format');
    const entries = lines.map((line) => JSON.parse(line) as JournalEntry);
    return { head, entries, bytes: Buffer.byteLength(whole) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Stop(`${path} is no part of an evaluation, or is damaged: ${reason}.`, 2);
  }
}

/** Parts as one: what was run, and every answer in the order of one run. Throws `Stop` where they are none. */
export function joinJournals(paths: readonly string[]): { head: JournalHead; entries: JournalEntry[] } {
  const parts = paths.map((path) => {
    const { head, entries } = readJournal(path);
    const byPlace = new Map(entries.map((entry) => [entry.place, entry]));
    return { head, part: { ...head, entries: [...byPlace.values()] } satisfies ShardAnswers<JournalEntry> };
  });
  const joined = joinShards(parts.map(({ part }) => part));
  if (!joined.ok) throw new Stop(sentenceOf(joined.problem, paths), 2);
  const { head } = parts[0] as (typeof parts)[number];
  return { head, entries: joined.entries };
}

function sentenceOf(problem: JoinProblem, paths: readonly string[]): string {
  const name = (position: number) => basename(paths[position] ?? '');
  switch (problem.kind) {
    case 'none':
      return 'There are no parts to join.';
    case 'different':
      return `${problem.parts.map(name).join(', ')}: of another model, other images or another number of parts than ${name(0)}.`;
    case 'missing':
      return `Of ${problem.count} parts these are missing: ${problem.shards.join(', ')}.`;
    case 'twice':
      return `Part ${problem.shard} was given twice.`;
    case 'unfinished':
      return (
        `Part ${problem.shard} is unfinished: ${problem.done} of ${problem.total} images. ` +
        'Run its command again; it goes on where it stopped.'
      );
  }
}
