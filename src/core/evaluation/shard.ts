/**
 * An evaluation cut into parts that run by themselves, and put together again: the same answers in the same
 * order, so that every figure and interval is that of one run.
 */

/** One part of `count`: `index` from 1. */
export interface Shard {
  index: number;
  count: number;
}

/** Something with its place among all that is run, from 0. */
export interface Placed {
  place: number;
}

/** A part as it was kept. */
export interface ShardAnswers<Entry extends Placed> {
  shard: Shard;
  /** All that is run, in every part together. */
  total: number;
  /** The same for every part of one run: the model, its files, the images and their labels. */
  fingerprint: string;
  entries: readonly Entry[];
}

/** Why parts are not one run. */
export type JoinProblem =
  | { kind: 'none' }
  /** They are of different models, images or labels; positions among the given parts, from 0. */
  | { kind: 'different'; parts: number[] }
  /** Numbers of parts that were not given. */
  | { kind: 'missing'; shards: number[]; count: number }
  /** A number that was given more than once. */
  | { kind: 'twice'; shard: number }
  /** A part that has not come to its end. */
  | { kind: 'unfinished'; shard: number; done: number; total: number };

/**
 * "2/3" as a part; null where it is none. Numbers are whole, the first at least 1 and at most the second.
 */
export function parseShard(text: string): Shard | null {
  const [, index, count] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  if (Number(index) > Number(count) || index === undefined) return null;
  return { index: Number(index), count: Number(count) };
}

/**
 * Every `count`-th item, beginning with the `index`-th: where a folder is sorted by class, each part has all
 * of them.
 */
export function inShard<Item>(items: readonly Item[], { index, count }: Shard): ({ item: Item } & Placed)[] {
  return items.flatMap((item, place) => (place % count === index - 1 ? [{ item, place }] : []));
}

/** How many of `total` items are in a part. */
export const sizeOfShard = (total: number, { index, count }: Shard): number =>
  Math.max(0, Math.ceil((total - index + 1) / count));

/** The answers of all parts in the order of one run, or what keeps them from being one. */
export function joinShards<Entry extends Placed>(
  parts: readonly ShardAnswers<Entry>[],
): { ok: true; entries: Entry[] } | { ok: false; problem: JoinProblem } {
  const problem = problemOf(parts);
  if (problem) return { ok: false, problem };
  return {
    ok: true,
    entries: parts.flatMap(({ entries }) => entries).sort((a, b) => a.place - b.place),
  };
}

function problemOf(parts: readonly ShardAnswers<Placed>[]): JoinProblem | null {
  const [first] = parts;
  if (!first) return { kind: 'none' };
  const same = (part: ShardAnswers<Placed>) =>
    part.fingerprint === first.fingerprint &&
    part.total === first.total &&
    part.shard.count === first.shard.count;
  const different = parts.flatMap((part, position) => (same(part) ? [] : [position]));
  if (different.length > 0) return { kind: 'different', parts: different };
  const { count } = first.shard;
  const given = parts.map(({ shard }) => shard.index);
  const twice = given.find((index, position) => given.indexOf(index) !== position);
  if (twice !== undefined) return { kind: 'twice', shard: twice };
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !given.includes(index));
  if (missing.length > 0) return { kind: 'missing', shards: missing, count };
  for (const { shard, entries, total } of parts) {
    const done = new Set(entries.map(({ place }) => place)).size;
    const wanted = sizeOfShard(total, shard);
    if (done < wanted) return { kind: 'unfinished', shard: shard.index, done, total: wanted };
  }
  return null;
}
