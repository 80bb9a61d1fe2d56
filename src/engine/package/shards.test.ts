import { expect, test } from 'vitest';
import { Shards } from './shards';

const bytes = (...values: number[]) => Uint8Array.from(values).buffer;

test('one run of bytes over the shards, in their order whatever order they arrive in', async () => {
  let first = (_: ArrayBuffer) => {};
  const late = new Promise<ArrayBuffer>((resolve) => {
    first = resolve;
  });
  const shards = new Shards([
    { bytes: 3, data: late },
    { bytes: 1, data: Promise.resolve(bytes(3)) },
    { bytes: 3, data: Promise.resolve(bytes(4, 5, 6)) },
  ]);
  expect(shards.length).toBe(7);
  expect(() => shards.read(3, 1)).toThrow('have not arrived');
  first(bytes(0, 1, 2));
  await shards.until(2);
  expect([...shards.read(0, 2)]).toEqual([0, 1]);
  await shards.until(7);
  expect([...shards.read(1, 5)]).toEqual([1, 2, 3, 4, 5]);
  expect([...shards.read(4, 3)]).toEqual([4, 5, 6]);
});

test('a shard that fails fails those who wait for it and what follows, and nobody else', async () => {
  const shards = new Shards([
    { bytes: 2, data: Promise.resolve(bytes(0, 1)) },
    { bytes: 2, data: Promise.reject(new Error('cut')) },
  ]);
  await shards.until(2);
  expect([...shards.read(0, 2)]).toEqual([0, 1]);
  await expect(shards.until(3)).rejects.toThrow('cut');
});
