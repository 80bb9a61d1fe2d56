import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import fixture from '../fixtures/card.json';
import old from '../fixtures/card-schema-1.json';
import { parseCard, parseIndex } from './card';
import { upgradedCard } from './upgrade';

const read = (card: object) => {
  const parsed = parseCard('tiny-classifier', card);
  if (!parsed.ok) throw new Error(String(parsed.failure.detail.problem));
  return parsed.value;
};

const models = join(import.meta.dirname, '../../../public/models');
const jsonOf = (path: string): unknown => JSON.parse(readFileSync(join(models, path), 'utf8'));

describe('a card of schema 1', () => {
  it('says of each class what it said of all, and what it never said is null', () => {
    const card = read(old);
    expect(card.schema).toBe(3);
    expect(card.classes.map(({ id, kind }) => [id, kind])).toEqual([
      ['nv', 'benign'],
      ['mel', 'malignant'],
    ]);
    expect(card.calibration?.conformal).toEqual({
      method: 'marginal',
      coverage: 0.9,
      classes: [
        { class: 'nv', quantile: 0.83, count: null, pooledWith: [] },
        { class: 'mel', quantile: 0.83, count: null, pooledWith: [] },
      ],
    });
    expect(card.decision?.targetSensitivity).toBe(0.9);
    expect(card.golden.logits).toEqual([0.12, -0.3]);
  });

  it.each([
    ['akiec', true, 'premalignant'],
    ['ack', true, 'premalignant'],
    ['bcc', true, 'malignant'],
    ['akiec', false, 'benign'],
  ])('calls %s, malignant: %s, %s: it knew no precursors', (id, malignant, kind) => {
    expect(upgradedCard({ schema: 1, classes: [{ id, malignant }] })).toMatchObject({
      classes: [{ id, kind }],
    });
  });

  it('keeps what was measured of its sets over all classes', () => {
    const interval = { value: 0.88, low: 0.86, high: 0.9 };
    const test = { coverage: interval, meanSize: interval, empty: interval, single: interval };
    const { calibration } = old;
    const conformal = { ...calibration.conformal, test };
    const card = read({ ...old, calibration: { ...calibration, conformal } });
    expect(card.calibration?.conformal.test).toEqual({ ...test, perClass: [] });
  });

  it('names no target where its rule is in other words', () => {
    const card = read({ ...old, decision: { ...old.decision, rule: 'Youden' } });
    expect(card.decision?.targetSensitivity).toBeNull();
  });

  it('of a segmenter has its golden numbers by name', () => {
    const segmenter = {
      ...old,
      task: 'segmentation',
      outputs: { lesion: 'lesion' },
      classes: [],
      calibration: null,
      decision: null,
      ood: null,
      golden: { formula: 'integer-ramp', logits: [-1, -5, 4], tolerance: 0.02 },
    };
    expect(read(segmenter).golden.lesion).toEqual({ mean: -1, minimum: -5, maximum: 4 });
  });

  it('that is wrong is refused by the field that is', () => {
    const wrong = parseCard('tiny-classifier', {
      ...old,
      calibration: { ...old.calibration, conformal: {} },
    });
    expect(!wrong.ok && wrong.failure.detail.problem).toContain('calibration.conformal');
  });
});

describe('a card of schema 2', () => {
  const { nonCommercial: _, ...shared } = fixture;
  const second = { ...shared, schema: 2 };
  const { calibration, decision, results } = second;

  it('has in fields what it said in words', () => {
    expect(read({ ...second, licence: 'CC-BY-NC-4.0' }).nonCommercial).toBe(true);
    expect(read({ ...second, data: { ...second.data, licence: 'CC BY-NC 4.0' } }).nonCommercial).toBe(true);
    expect(read(second).nonCommercial).toBeNull();
    expect(read({ ...second, results: { ...results, split: 'own photos' } }).results.origin).toBe(
      'own-photos',
    );
    expect(read({ ...second, results: { ...results, metrics: {} } }).results.origin).toBeNull();
    expect(read(second).results.origin).toBe('published');
  });

  it('says what it was fitted on where it named what training and the wizard wrote', () => {
    const fittedOn = (words?: string) => {
      const card = read({
        ...second,
        calibration: { ...calibration, fittedOn: words },
        decision: { ...decision, fittedOn: words },
      });
      expect(card.decision?.fittedOn).toBe(card.calibration?.fittedOn);
      return card.decision?.fittedOn;
    };
    expect(fittedOn('test folds, out of fold')).toBe('test');
    expect(fittedOn('half of the photos that were brought along')).toBe('validation');
    expect(fittedOn('a hunch')).toBeNull();
    expect(fittedOn()).toBeNull();
  });
});

it('other JSON is left as it is', () => {
  for (const json of [null, 3, 'x', [], { schema: 3 }, { schema: 4 }]) expect(upgradedCard(json)).toBe(json);
});

it('every package of the site has a card that is read', () => {
  const index = parseIndex(jsonOf('index.json'));
  const ids = index.ok ? index.value.ids : [];
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) expect([id, parseCard(id, jsonOf(`${id}/card.json`)).ok]).toEqual([id, true]);
});
