import { expect, test } from 'vitest';
import { cardSchema } from '../../core/card';
import example from '../../core/fixtures/card.json';
import { bytesOf, headlinesOf, isNonCommercial } from './card-facts';

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
