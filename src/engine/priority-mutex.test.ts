import { expect, test } from 'vitest';
import { PriorityMutex } from './priority-mutex';

test('one at a time, in order, background work last; a failure holds nobody up', async () => {
  const turns = new PriorityMutex();
  const log: string[] = [];
  const work = (name: string) => async () => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    if (name === 'b') throw new Error('b fails');
    return name;
  };
  const ends = await Promise.allSettled([
    turns.run(work('a')),
    turns.run(work('slow 1'), true),
    turns.run(work('slow 2'), true),
    turns.run(work('b')),
    turns.run(work('c')),
  ]);
  const order = ['a', 'b', 'c', 'slow 1', 'slow 2'];
  expect(log).toEqual(order.flatMap((name) => [`${name} begins`, `${name} ends`]));
  expect(ends.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(await turns.run(work('d'))).toBe('d');
});
