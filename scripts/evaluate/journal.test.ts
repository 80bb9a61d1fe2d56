import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Card } from '../../src/core/card/card';
import { inShard } from '../../src/core/evaluation/shard';
import { seededRandom } from '../../src/core/metrics/random';
import { fingerprintOf, Journal, type JournalEntry, type JournalHead, joinJournals } from './journal';
import { measure, summarise } from './result';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lentigo-parts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const word = (id: string) => ({ en: id, ko: id });
const card = {
  id: 'm',
  version: '1.0.0',
  title: word('M'),
  classes: ['nv', 'bkl', 'mel'].map((id) => ({
    id,
    name: word(id),
    description: word(id),
    kind: id === 'mel' ? ('malignant' as const) : ('benign' as const),
  })),
  calibration: {
    temperature: 1,
    conformal: {
      method: 'marginal' as const,
      coverage: 0.9,
      classes: ['nv', 'bkl', 'mel'].map((id) => ({ class: id, quantile: 0.7, count: null, pooledWith: [] })),
    },
  },
  decision: {
    positive: ['mel'],
    targetSensitivity: 0.9,
    threshold: 0.3,
    sensitivity: 0.9,
    specificity: 0.5,
    curve: [],
  },
} as unknown as JournalHead['card'] & Card;

/** An archive of photos, several of a lesion, that a made-up model answers. Every ninth cannot be read. */
function archive(count: number): JournalEntry[] {
  const random = seededRandom(11);
  const ids = card.classes.map(({ id }) => id);
  return Array.from({ length: count }, (_, place): JournalEntry => {
    const file = `photo${place}.jpg`;
    if (place % 9 === 8) return { place, kind: 'failure', file, failure: 'file-unreadable' };
    const label = ids[Math.floor(random() * 3)] as string;
    const raw = ids.map((id) => random() + (id === label ? 0.6 : 0));
    const sum = raw.reduce((total, value) => total + value, 0);
    const probabilities = Object.fromEntries(ids.map((id, index) => [id, (raw[index] as number) / sum]));
    const predicted = ids[raw.indexOf(Math.max(...raw))] as string;
    const prediction = {
      file,
      label,
      predicted,
      probabilities,
      flagged: (probabilities.mel as number) >= 0.3,
      set: [predicted],
    };
    const columns = { lesion_id: `L${Math.floor(place / 3)}`, age: String(20 + (place % 60)) };
    return {
      place,
      kind: 'answer',
      prediction,
      columns,
      milliseconds: 10 * random(),
      backend: 'wasm',
      adapter: 'WASM',
    };
  });
}

const headOf = (index: number, count: number, total: number): JournalHead => ({
  format: 'lentigo-evaluation-part',
  schema: 1,
  shard: { index, count },
  total,
  fingerprint: fingerprintOf('hash', [total]),
  packageHash: 'a'.repeat(64),
  card,
  leftOut: 2,
});

/** The part of the archive, written in the order in which it was run. */
function writePart(index: number, count: number, all: readonly JournalEntry[]): string {
  const path = join(folder, `part-${index}-of-${count}.jsonl`);
  const journal = Journal.open(path, headOf(index, count, all.length));
  for (const { item } of inShard(all, { index, count })) journal.add([item]);
  return path;
}

function resultOf(paths: readonly string[]) {
  const { head, entries } = joinJournals(paths);
  const answered = entries.filter((entry) => entry.kind === 'answer');
  const measured = measure(head.card, answered);
  return { result: summarise(head.card, answered[0] as never, answered, head.leftOut, measured), measured };
}

test('three parts joined in any order are one run: every figure, interval, curve and prediction', () => {
  const all = archive(200);
  const whole = resultOf([writePart(1, 1, all)]);
  const [first, second, third] = [1, 2, 3].map((index) => writePart(index, 3, all)) as [
    string,
    string,
    string,
  ];
  const joined = resultOf([third, first, second]);
  expect(whole.result.count).toBeGreaterThan(150);
  expect(whole.result.measured.figures?.metrics.auc?.high).toBeGreaterThan(
    whole.result.measured.figures?.metrics.auc?.low ?? 1,
  );
  expect(joined.result).toEqual(whole.result);
  expect(joined.measured).toEqual(whole.measured);
});

test('parts that are no whole run are refused by name', () => {
  const all = archive(30);
  const [first, second, third] = [1, 2, 3].map((index) => writePart(index, 3, all)) as [
    string,
    string,
    string,
  ];
  expect(() => joinJournals([first, third])).toThrow('Of 3 parts these are missing: 2.');
  expect(() => joinJournals([first, second, second])).toThrow('Part 2 was given twice.');
  expect(() => joinJournals([first, writePart(1, 1, all.slice(1))])).toThrow('part-1-of-1.jsonl: of another');
  const half = join(folder, 'half.jsonl');
  writeFileSync(half, `${readFileSync(third, 'utf8').split('\n').slice(0, 5).join('\n')}\n`);
  expect(() => joinJournals([first, second, half])).toThrow('Part 3 is unfinished: 4 of 10 images.');
  writeFileSync(half, '{"model":"m"}\n');
  expect(() => joinJournals([half])).toThrow('no part of an evaluation');
});

test('a run that was stopped goes on: what has an answer is kept, a torn line and what failed are asked again', () => {
  const all = archive(20);
  const path = join(folder, 'part.jsonl');
  const head = headOf(1, 1, all.length);
  Journal.open(path, head).add(all.slice(0, 12));
  appendFileSync(path, '{"place":12,"kind":"ans');
  const journal = Journal.open(path, head);
  const open = all.filter(({ place }) => !journal.hasAnswer(place)).map(({ place }) => place);
  expect(open).toEqual([8, 12, 13, 14, 15, 16, 17, 18, 19]);
  journal.add(all.filter(({ place }) => open.includes(place)));
  expect(joinJournals([path]).entries).toEqual(all);
  expect(() => Journal.open(path, { ...head, fingerprint: 'other' })).toThrow('another evaluation');
});
