import { expect, it } from 'vitest';
import type { Card } from '../../../core/card/card';
import { exampleCard } from '../../../core/fixtures/analysis';
import { neededModels, offeredModels } from './models';

const card = (id: string, changes: Partial<Card> = {}): Card => ({ ...exampleCard, id, ...changes });
const segmenter = card('outline', { task: 'segmentation' });
const withMetadata = card('with-metadata', { metadata: { width: 2, fields: [] } });
const cards = [segmenter, withMetadata, card('first'), card('second'), card('pimples', { domain: 'acne' })];
const ids = (found: Card[]) => found.map(({ id }) => id);

it('offers what the host lists, in that order, and nothing that gives no answer', () => {
  expect(ids(offeredModels(cards, ['second', 'outline', 'gone', 'with-metadata']))).toEqual([
    'second',
    'with-metadata',
  ]);
});

it('offers the first that needs a photo alone where the host lists nothing that is there', () => {
  expect(ids(offeredModels(cards, []))).toEqual(['first']);
  expect(ids(offeredModels(cards, ['gone', 'outline']))).toEqual(['first']);
  expect(offeredModels([segmenter, withMetadata], [])).toEqual([]);
});

it('needs the segmenter too where the engine will ask it', () => {
  expect(ids(neededModels(cards, offeredModels(cards, ['pimples', 'first'])))).toEqual([
    'pimples',
    'first',
    'outline',
  ]);
  expect(ids(neededModels(cards, offeredModels(cards, ['pimples'])))).toEqual(['pimples']);
});
