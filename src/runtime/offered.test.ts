import { expect, test } from 'vitest';
import { exampleCard } from '../core/fixtures/analysis';
import { offeredCards } from './offered';

const cards = {
  state: 'ready' as const,
  value: ['offered', 'added', 'kept', 'taken-back'].map((id) => ({ ...exampleCard, id })),
};
const problem = (packageId: string | null, code: 'package-unknown' | 'package-unavailable') => ({
  packageId,
  failure: { code, detail: {} },
  kept: true,
});

test('neither an added package nor one that the site took back is offered; one that it cannot send today is', () => {
  const problems = [
    problem('taken-back', 'package-unknown'),
    problem('kept', 'package-unavailable'),
    problem(null, 'package-unavailable'),
  ];
  expect(offeredCards({ cards, added: ['added'], problems }).map(({ id }) => id)).toEqual([
    'offered',
    'kept',
  ]);
});

test('before the list has come nothing is offered', () => {
  expect(offeredCards({ cards: { state: 'pending' }, added: [], problems: [] })).toEqual([]);
});
