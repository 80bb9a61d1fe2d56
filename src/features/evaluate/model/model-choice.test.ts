import { expect, test } from 'vitest';
import type { Card } from '../../../core/card/card';
import { exampleCard } from '../../../core/fixtures/analysis';
import { withModel } from './model-choice';

const model = (id: string, changes: Partial<Card>): Card => ({ ...exampleCard, id, ...changes }) as Card;
const outlines = { task: 'segmentation', classes: [] } as unknown as Partial<Card>;
const cards = [
  model('derm', { domain: 'dermoscopy' }),
  model('other derm', { domain: 'dermoscopy' }),
  model('phone', { domain: 'phone' }),
  model('acne', { domain: 'acne' }),
  model('outline', { ...outlines, domain: 'dermoscopy' }),
  model('other outline', { ...outlines, domain: 'dermoscopy' }),
];
const tick = (chosen: string[], id: string) => withModel(chosen, cards, { id, on: true });

test('models for one kind of photo stand beside each other', () => {
  expect(tick(['derm'], 'other derm')).toEqual(['derm', 'other derm']);
  expect(withModel(['derm', 'other derm'], cards, { id: 'derm', on: false })).toEqual(['other derm']);
});

test('a model for another kind of photo takes the place of the chosen ones', () => {
  expect(tick(['derm', 'other derm'], 'acne')).toEqual(['acne']);
  expect(tick(['acne'], 'phone')).toEqual(['phone']);
});

test('one that finds outlines goes with every kind of photo that shows a lesion, one at a time', () => {
  expect(tick(['phone'], 'outline')).toEqual(['phone', 'outline']);
  expect(tick(['derm', 'outline'], 'other outline')).toEqual(['derm', 'other outline']);
  expect(tick(['derm', 'outline'], 'phone')).toEqual(['outline', 'phone']);
  expect(tick(['acne'], 'outline')).toEqual(['outline']);
  expect(tick(['outline'], 'acne')).toEqual(['acne']);
});

test('a package that is no longer there is left out', () => {
  expect(tick(['gone', 'derm'], 'other derm')).toEqual(['derm', 'other derm']);
});
