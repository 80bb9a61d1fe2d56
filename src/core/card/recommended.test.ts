import { describe, expect, it } from 'vitest';
import type { Card } from './card-schema';
import { downloadBytes, inOrder, isWhole, networksOf, recommendedFor } from './recommended';

const estimate = (value: number) => ({ value, low: value, high: value });
const card = (id: string, classes: number, metrics: Record<string, number>, more: object = {}) =>
  ({
    id,
    version: '1.0.0',
    task: 'classification',
    domain: 'dermoscopy',
    classes: Array.from({ length: classes }, (_, index) => ({ id: `c${index}` })),
    merge: null,
    files: [{ path: 'model.json', bytes: 10, sha256: '' }],
    results: {
      origin: 'published',
      metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, estimate(value)])),
    },
    ...more,
  }) as unknown as Card;

const two = card('two', 2, { auc: 0.99, malignantAuc: 0.99 });
const seven = card('seven', 7, { auc: 0.96, malignantAuc: 0.91 });
const better = card('better', 7, { auc: 0.95, malignantAuc: 0.93 });
const acne = card('acne', 4, { auc: 0.99 }, { domain: 'acne' });
const outlines = card('outlines', 0, { dice: 0.9 }, { task: 'segmentation' });
const merged = card('merged', 9, { auc: 0.99, malignantAuc: 0.99 }, { merge: [{}, {}, {}] });
const members = [
  { id: 'seven', version: '1.0.0' },
  { id: 'better', version: '1.0.0' },
];
const panel = card(
  'panel',
  7,
  { auc: 0.9, malignantAuc: 0.9 },
  { task: 'panel', files: [], panel: { members } },
);

describe('the recommended package', () => {
  it('is never the one that nobody, or nobody but its owner, measured', () => {
    const unmeasured = card('unmeasured', 30, {});
    const owned = card('owned', 30, {});
    const results = { origin: 'own-photos', metrics: { auc: estimate(1) } };
    const cards = [unmeasured, { ...owned, results } as unknown as Card, two, seven, better];
    expect(recommendedFor(cards, 'dermoscopy')?.id).toBe('better');
    expect(recommendedFor([unmeasured], 'dermoscopy')?.id).toBe('unmeasured');
  });

  it('tells the most things apart, and then finds best what must not be missed', () => {
    const cards = [outlines, acne, two, merged, seven, better];
    expect(recommendedFor(cards, 'dermoscopy')).toBe(better);
    expect(recommendedFor(cards, 'acne')).toBe(acne);
    expect(recommendedFor(cards, 'phone')).toBeNull();
    expect(inOrder(cards, 'dermoscopy').map(({ id }) => id)).toEqual(['better', 'seven', 'merged', 'two']);
  });

  it('is the panel where it is there with all its members', () => {
    expect(recommendedFor([two, seven, better, panel], 'dermoscopy')).toBe(panel);
    expect(recommendedFor([two, seven, panel], 'dermoscopy')).toBe(seven);
    expect(isWhole(panel, [seven, { ...better, version: '2.0.0' }])).toBe(false);
  });

  it('is held by the area over all classes where not all were measured for what must not be missed', () => {
    const unmeasured = card('unmeasured', 7, { auc: 0.97 });
    expect(recommendedFor([seven, better, unmeasured], 'dermoscopy')).toBe(unmeasured);
  });
});

describe('what stands behind a package', () => {
  it('is itself, or the members of a panel, with their files', () => {
    expect(networksOf(panel, [two, seven, better, panel])).toEqual([seven, better]);
    expect(networksOf(seven, [seven])).toEqual([seven]);
    expect(downloadBytes(panel, [two, seven, better, panel])).toBe(20);
    expect(downloadBytes(seven, [seven])).toBe(10);
  });
});
