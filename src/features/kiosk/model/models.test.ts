import { expect, it } from 'vitest';
import type { Card } from '../../../core/card/card';
import { exampleCard } from '../../../core/fixtures/analysis';
import { cameraModel, neededModels, offeredModels } from './models';

const card = (id: string, changes: object = {}) => ({ ...exampleCard, id, ...changes }) as Card;
const segmenter = card('outline', { task: 'segmentation' });
const withMetadata = card('with-metadata', { metadata: { width: 2, fields: [] } });
const acne = card('pimples', { domain: 'acne' });
const phone = card('phone', { domain: 'phone', metadata: { width: 2, fields: [] } });
const members = [
  { id: 'first', version: '1.0.0' },
  { id: 'second', version: '1.0.0' },
];
const panel = card('panel', { task: 'panel', files: [], panel: { members } });
const cards = [segmenter, withMetadata, card('first'), card('second'), acne];
const ids = (found: Card[]) => found.map(({ id }) => id);

it('offers what the host lists, in that order, and nothing that gives no answer', () => {
  expect(ids(offeredModels(cards, ['second', 'outline', 'gone', 'with-metadata']))).toEqual([
    'second',
    'with-metadata',
  ]);
});

it('offers no model of acne or of tissue beside one for dermoscopy, whose samples it would answer for', () => {
  const tissue = card('tissue', { domain: 'histopathology' });
  const all = [...cards, tissue];
  expect(ids(offeredModels(all, ['second', 'pimples', 'tissue', 'first']))).toEqual(['second', 'first']);
  expect(ids(offeredModels(all, ['pimples', 'first', 'tissue']))).toEqual(['pimples']);
});

it('offers the recommended one that needs a photo alone where the host lists nothing that is there', () => {
  expect(ids(offeredModels(cards, []))).toEqual(['first']);
  expect(ids(offeredModels(cards, ['gone', 'outline']))).toEqual(['first']);
  expect(ids(offeredModels([...cards, panel], []))).toEqual(['panel']);
  expect(ids(offeredModels([acne], []))).toEqual(['pimples']);
  expect(offeredModels([segmenter, withMetadata], [])).toEqual([]);
});

it('needs the segmenter too where the engine will ask it, the members of a panel, and what the camera asks', () => {
  expect(ids(neededModels(cards, offeredModels(cards, ['second', 'first'])))).toEqual([
    'second',
    'first',
    'outline',
  ]);
  expect(ids(neededModels(cards, offeredModels(cards, ['pimples'])))).toEqual(['pimples']);
  const all = [...cards, phone, panel];
  expect(ids(neededModels(all, offeredModels(all, [])))).toEqual([
    'panel',
    'first',
    'second',
    'phone',
    'outline',
  ]);
  expect(neededModels([segmenter], [])).toEqual([]);
});

it('has the camera ask a model for what a webcam gives, and none if there is none', () => {
  expect(cameraModel(cards, card('first'))).toBeNull();
  expect(cameraModel([...cards, phone], card('first'))?.id).toBe('phone');
  expect(cameraModel([...cards, phone], phone)?.id).toBe('phone');
});

it('does not have the camera ask a model of acne, which has numbers for bare skin', () => {
  expect(cameraModel([...cards, phone], acne)?.id).toBe('phone');
  expect(cameraModel(cards, acne)).toBeNull();
});
