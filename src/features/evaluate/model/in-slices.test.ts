import { expect, test } from 'vitest';
import { each } from '../../../core/steps';
import { beginSlices, inSlices } from './in-slices';

/** A clock on which each look at the time takes 5 ms. */
function clock() {
  let time = 0;
  const pauses: number[] = [];
  let done = 0;
  return {
    pauses,
    work: () => (done += 1),
    now: () => (time += 5),
    pause: async () => {
      pauses.push(done);
      done = 0;
    },
  };
}
const items = Array.from({ length: 10_000 }, (_, at) => at);

test('the page goes first after a few steps each, and all of it is done', async () => {
  const { pauses, work, ...time } = clock();
  await inSlices(each(items, work), time);
  expect(pauses.length).toBeGreaterThanOrEqual(6);
  // 12 ms: three steps of 500 items at most.
  expect(Math.max(...pauses)).toBeLessThanOrEqual(1500);
});

test('what takes one slice is there at once', () => {
  function* steps() {
    yield 1;
    return 'done';
  }
  expect(beginSlices(steps()).result).toEqual({ value: 'done' });
});

test('it ends where it is told to, and goes on from there', async () => {
  const { pauses, work, ...time } = clock();
  const begun = beginSlices(each(items, work), time);
  let slices = 0;
  await begun.goOn({ goesOn: () => slices < 2, onSlice: () => slices++ });
  expect(begun.result).toBeNull();
  expect(begun.items).toBeLessThan(5000);
  await begun.goOn();
  expect(begun.result).not.toBeNull();
  expect(begun.items).toBe(10_000);
});

test('what a step throws reaches whoever waits', async () => {
  const { pauses, work, ...time } = clock();
  const steps = each(items, (item) => {
    if (item === 7000) throw new Error('broken');
  });
  await expect(inSlices(steps, time)).rejects.toThrow('broken');
});
