import { expect, it } from 'vitest';
import type { Card } from '../../../core/card/card';
import { exampleCard } from '../../../core/fixtures/analysis';
import { cameraModel, neededModels, offeredModels, passedOver } from './models';

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
  expect(ids(offeredModels(cards, ['second', 'outline', 'gone', 'with-metadata'], 'samples/'))).toEqual([
    'second',
    'with-metadata',
  ]);
});

it('offers no model of acne or of tissue beside one for dermoscopy, whose samples it would answer for', () => {
  const tissue = card('tissue', { domain: 'histopathology' });
  const all = [...cards, tissue];
  expect(ids(offeredModels(all, ['second', 'pimples', 'tissue', 'first'], 'samples/'))).toEqual([
    'second',
    'first',
  ]);
  expect(ids(offeredModels(all, ['pimples', 'first', 'tissue'], 'samples/'))).toEqual(['pimples']);
});

it('offers no model of acne for the drawings of dermoscopy that stand in for samples, and says so', () => {
  expect(ids(offeredModels(cards, ['pimples', 'second'], ''))).toEqual(['second']);
  expect(ids(passedOver(cards, ['pimples', 'second'], ''))).toEqual(['pimples']);
  expect(ids(offeredModels(cards, ['pimples'], ''))).toEqual(['first']);
  expect(ids(passedOver(cards, ['pimples'], ''))).toEqual(['pimples']);
  expect(passedOver(cards, ['second'], '')).toEqual([]);
});

it('offers the recommended one that needs a photo alone where the host lists nothing that is there', () => {
  expect(ids(offeredModels(cards, [], 'samples/'))).toEqual(['first']);
  expect(ids(offeredModels(cards, ['gone', 'outline'], 'samples/'))).toEqual(['first']);
  expect(ids(offeredModels([...cards, panel], [], 'samples/'))).toEqual(['panel']);
  expect(ids(offeredModels([acne], [], 'samples/'))).toEqual(['pimples']);
  expect(offeredModels([segmenter, withMetadata], [], 'samples/')).toEqual([]);
});

it('needs the segmenter too where the engine will ask it, the members of a panel, and what the camera asks', () => {
  expect(ids(neededModels(cards, offeredModels(cards, ['second', 'first'], 'samples/')))).toEqual([
    'second',
    'first',
    'outline',
  ]);
  expect(ids(neededModels(cards, offeredModels(cards, ['pimples'], 'samples/')))).toEqual(['pimples']);
  const all = [...cards, phone, panel];
  expect(ids(neededModels(all, offeredModels(all, [], 'samples/')))).toEqual([
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
