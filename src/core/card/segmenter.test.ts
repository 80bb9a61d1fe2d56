import { describe, expect, it } from 'vitest';
import type { Card } from './card';
import { segmenterFor } from './segmenter';

const estimate = (value: number) => ({ value, low: value, high: value });
const segmenter = (id: string, dice: Record<string, number>) =>
  ({
    id,
    task: 'segmentation',
    domain: 'dermoscopy',
    results: {
      subgroups: Object.entries(dice).map(([value, measured]) => ({
        field: 'set',
        value,
        count: 9,
        metrics: { dice: estimate(measured) },
      })),
    },
  }) as unknown as Card;
const classifier = { id: 'c', task: 'classification', domain: 'dermoscopy' } as Card;

describe('segmenterFor', () => {
  const good = segmenter('good', { derm: 0.92, phone: 0.61 });

  it('outlines where it was measured to do so well, and nowhere else', () => {
    expect(segmenterFor([classifier, good], 'dermoscopy')).toBe(good);
    expect(segmenterFor([classifier, good], 'phone')).toBeNull();
    expect(segmenterFor([classifier, good], 'histopathology')).toBeNull();
    expect(segmenterFor([classifier], 'dermoscopy')).toBeNull();
  });

  it('takes the next one that is good enough, or one that says nothing of the kind', () => {
    const phone = segmenter('phone', { phone: 0.9 });
    expect(segmenterFor([good, phone], 'phone')).toBe(phone);
    expect(segmenterFor([segmenter('silent', {})], 'phone')?.id).toBe('silent');
  });
});
