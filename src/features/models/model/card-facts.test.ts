import { expect, test } from 'vitest';
import { type Card, cardSchema } from '../../../core/card/card';
import { bytesOf } from '../../../core/card/size';
import example from '../../../core/fixtures/card.json';
import { headlinesOf, precisionRecallOf } from './card-facts';

const card = cardSchema.parse(example);

test('size and headline measures are those of the card', () => {
  expect(bytesOf(card)).toBe(2);
  const metrics = { auc: { value: 0.93, low: 0.9, high: 0.95 } };
  expect(headlinesOf({ ...card, results: { ...card.results, metrics } })).toEqual([['auc', 0.93]]);
});

test('precision and recall of a class follow from its ROC curve and the counts of the test', () => {
  const roc: Card['results']['roc'] = {
    mel: [
      [0, 0],
      [0.1, 0.5],
      [1, 1],
    ],
  };
  const confusion = {
    labels: ['nv', 'mel'],
    matrix: [
      [80, 0],
      [10, 10],
    ],
  };
  const results = { ...card.results, roc, confusion, perClass: [] };
  const [found, ...others] = precisionRecallOf({ ...card, results });
  expect(others).toEqual([]);
  // Of 100 photos 20 are positive; where 10 of them are found, 8 of the others are flagged.
  expect(found).toMatchObject({ id: 'mel', prevalence: 0.2 });
  expect(found?.points).toHaveLength(20);
  expect(found?.points[9]).toEqual({ x: 0.5, y: expect.closeTo(10 / 18, 12) });
  expect(found?.points.at(-1)).toEqual({ x: 1, y: expect.closeTo(0.2, 12) });
  const measured = [{ class: 'mel', support: 20, averagePrecision: 0.625 }];
  const [again] = precisionRecallOf({ ...card, results: { ...results, perClass: measured } });
  expect(again?.averagePrecision).toBe(0.625);
  expect(precisionRecallOf({ ...card, results: { ...results, confusion: null } })).toEqual([]);
});
