import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inShard, joinShards, parseShard, sizeOfShard } from './shard';

test.each([
  ['2/3', { index: 2, count: 3 }],
  ['1/1', { index: 1, count: 1 }],
  ['0/3', null],
  ['4/3', null],
  ['1', null],
  ['1/0', null],
  ['a/b', null],
] as const)('%s is read as %j', (text, shard) => {
  expect(parseShard(text)).toEqual(shard);
});

test('every image is in one part, and the parts join to their order, given in any order', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.integer({ min: 1, max: 9 }), (total, count) => {
      const images = Array.from({ length: total }, (_, index) => `image ${index}`);
      const parts = Array.from({ length: count }, (_, at) => {
        const shard = { index: at + 1, count };
        const entries = inShard(images, shard);
        expect(entries).toHaveLength(sizeOfShard(total, shard));
        return { shard, total, fingerprint: 'a', entries };
      });
      const joined = joinShards(parts.reverse());
      expect(joined.ok && joined.entries.map(({ item }) => item)).toEqual(images);
    }),
  );
});

test('parts that make no whole run are refused with the reason', () => {
  const part = (index: number, places: number[], changes = {}) => ({
    shard: { index, count: 2 },
    total: 4,
    fingerprint: 'a',
    entries: places.map((place) => ({ place })),
    ...changes,
  });
  const problemOf = (...parts: ReturnType<typeof part>[]) => {
    const joined = joinShards(parts);
    return joined.ok ? null : joined.problem;
  };
  expect(problemOf()).toEqual({ kind: 'none' });
  expect(problemOf(part(1, [0, 2]))).toEqual({ kind: 'missing', shards: [2], count: 2 });
  expect(problemOf(part(1, [0, 2]), part(1, [0, 2]), part(2, [1, 3]))).toEqual({ kind: 'twice', shard: 1 });
  expect(problemOf(part(1, [0, 2]), part(2, [1, 3], { fingerprint: 'b' }))).toEqual({
    kind: 'different',
    parts: [1],
  });
  expect(problemOf(part(1, [0, 2]), part(2, [3]))).toEqual({
    kind: 'unfinished',
    shard: 2,
    done: 1,
    total: 2,
  });
});
