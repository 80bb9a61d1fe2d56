import { describe, expect, it } from 'vitest';
import { type AlignedPhoto, align } from './alignment';

const photo = (changes: Partial<AlignedPhoto>): AlignedPhoto => ({
  width: 600,
  height: 450,
  scale: null,
  centre: null,
  ...changes,
});
const view = { width: 400, height: 300 };

describe('align', () => {
  it('shows a millimetre as long in both photos, and fits the larger field of view', () => {
    const near = photo({ scale: 0.02 });
    const far = photo({ scale: 0.04 });
    const { first, second, toScale } = align(near, far, view);
    expect(toScale).toBe(true);
    expect(second.width).toBeCloseTo(400);
    expect(second.height).toBeCloseTo(300);
    expect(second.left).toBeCloseTo(0);
    expect(second.top).toBeCloseTo(0);
    expect(first.width / second.width).toBeCloseTo(0.5);
    expect(first.left).toBeCloseTo(100);
  });

  it('lays the middles of the lesions on each other', () => {
    const aligned = photo({ centre: { x: 150, y: 225 } });
    const other = photo({ width: 1200, height: 900, centre: { x: 600, y: 600 } });
    const { first, second, centred } = align(aligned, other, view);
    expect(centred).toBe(true);
    expect(first.left + (150 * first.width) / 600).toBeCloseTo(200);
    expect(second.left + (600 * second.width) / 1200).toBeCloseTo(200);
    expect(second.top + (600 * second.height) / 900).toBeCloseTo(150);
  });

  it('says that sizes cannot be compared where one photo has no scale', () => {
    const { first, second, toScale } = align(
      photo({ scale: 0.02 }),
      photo({ width: 300, height: 225 }),
      view,
    );
    expect(toScale).toBe(false);
    expect(first).toEqual(second);
  });
});
