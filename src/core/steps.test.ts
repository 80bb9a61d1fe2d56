import { expect, test } from 'vitest';
import { seededRandom } from './metrics/random';
import { each, finish, sorting } from './steps';

test('a sort in steps is the sort of arrays, equal ones in their order', () => {
  const random = seededRandom(3);
  for (const count of [0, 1, 499, 500, 501, 1500, 4321]) {
    const items = Array.from({ length: count }, (_, at) => ({ at, key: Math.floor(random() * 50) }));
    const byKey = (a: (typeof items)[number], b: (typeof items)[number]) => a.key - b.key;
    expect(finish(sorting(items, byKey))).toEqual([...items].sort(byKey));
  }
});

test('no step is of more than its items', () => {
  const items = Array.from({ length: 2300 }, (_, at) => at);
  let compared = 0;
  let most = 0;
  const steps = sorting(items, (a, b) => {
    compared += 1;
    return b - a;
  });
  while (!steps.next().done) {
    most = Math.max(most, compared);
    compared = 0;
  }
  // A step sorts 500 items, or merges as many.
  expect(most).toBeLessThan(500 * Math.log2(500));

  const done: number[] = [];
  const few = each(items, (item) => done.push(item), 100);
  few.next();
  expect(done).toHaveLength(100);
});
