import { expect, test } from 'vitest';
import { type Urgent, urgencyOf } from './urgency';

const flagAt = (probability: number, threshold: number) => ({
  flag: { flagged: probability >= threshold, probability, threshold },
});
const answer = (changes: Partial<Urgent>): Urgent => ({
  flag: null,
  noResult: false,
  unsure: false,
  ...changes,
});

test('a flag, then no confident result, no threshold, unsure, and not flagged last, whatever the numbers', () => {
  const order = [
    answer(flagAt(1, 0.01)),
    answer({ ...flagAt(0.5, 0.5), noResult: true }),
    answer({ ...flagAt(0, 1), noResult: true, unsure: true }),
    answer({}),
    answer({ ...flagAt(0.1, 0.11), unsure: true }),
    answer({ ...flagAt(0, 1), unsure: true }),
    answer(flagAt(0.1, 0.11)),
    answer(flagAt(0, 1)),
  ];
  const numbers = order.map(urgencyOf);
  // A margin of a whole share, which nothing reaches, may touch the next step.
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  expect(new Set(numbers).size).toBe(numbers.length);
});
