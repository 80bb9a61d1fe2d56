import { expect, test } from 'vitest';
import { type Card, cardSchema } from '../../core/card';
import example from '../../core/fixtures/card.json';
import { bytesOf, headlinesOf, isNonCommercial, precisionRecallOf } from './card-facts';

const card = cardSchema.parse(example);
const data = (licence: string) => ({ ...card.data, licence });

test('a licence of weights or data that forbids commercial use is found', () => {
  expect(isNonCommercial(card)).toBe(false);
  expect(isNonCommercial({ ...card, licence: 'CC-BY-NC-4.0' })).toBe(true);
  expect(isNonCommercial({ ...card, data: data('CC BY-NC 4.0') })).toBe(true);
  expect(isNonCommercial({ ...card, licence: 'CC-BY-4.0', data: data('NCSA') })).toBe(false);
});

test('size and headline measures are those of the card', () => {
  expect(bytesOf(card)).toBe(2);
  const metrics = { auc: { value: 0.93, low: 0.9, high: 0.95 } };
  expect(headlinesOf({ ...card, results: { ...card.results, metrics } })).toEqual([['auc', 0.93]]);
});

test('precision and recall follow from the curve and the counts of the test', () => {
  const decision = {
    ...card.decision,
    curve: [
      { threshold: 0, sensitivity: 1, specificity: 0 },
      { threshold: 0.5, sensitivity: 0.5, specificity: 0.9 },
      { threshold: 1, sensitivity: 0, specificity: 1 },
    ],
  } as Card['decision'];
  const confusion = {
    labels: ['nv', 'mel'],
    matrix: [
      [80, 0],
      [10, 10],
    ],
  };
  const found = precisionRecallOf({ ...card, decision, results: { ...card.results, confusion } });
  // Of 100 photos 20 are positive; at 0.5 there are 10 of them found and 8 of the others flagged.
  expect(found?.prevalence).toBeCloseTo(0.2, 12);
  expect(found?.points).toHaveLength(2);
  expect(found?.points[0]).toEqual({ x: 0.5, y: expect.closeTo(10 / 18, 12) });
  expect(found?.points[1]).toEqual({ x: 1, y: expect.closeTo(0.2, 12) });
  expect(precisionRecallOf({ ...card, decision: null })).toBeNull();
});
