import { describe, expect, it } from 'vitest';
import { softmax } from '../decision/probability';
import { seededRandom } from '../metrics/random';
import { fitScaling } from './scaling';

/** Photos whose true probabilities are softmax(factor * row + offsets), labels drawn from them. */
function drawn(count: number, factor: number, offsets: readonly number[], seed = 3) {
  const random = seededRandom(seed);
  const rows = Array.from({ length: count }, () => offsets.map(() => Math.log(1e-4 + random())));
  const truth = rows.map((row) => {
    const p = softmax(row.map((value, index) => factor * value + (offsets[index] as number)));
    let rest = random();
    const label = p.findIndex((probability) => {
      rest -= probability;
      return rest < 0;
    });
    return Math.max(0, label);
  });
  return { rows, truth };
}

describe('scaling', () => {
  it('finds the factor and the mix that the labels were drawn with', () => {
    const { rows, truth } = drawn(6000, 0.7, [0.8, -0.3, -0.5]);
    const { factor, offsets } = fitScaling(truth, rows);
    expect(factor).toBeCloseTo(0.7, 1);
    expect(offsets[0]).toBeCloseTo(0.8, 1);
    expect(offsets[1]).toBeCloseTo(-0.3, 1);
    expect(offsets.reduce((sum, offset) => sum + offset, 0)).toBeCloseTo(0, 9);
  });

  it('leaves a calibration that holds nearly as it is', () => {
    const { rows, truth } = drawn(6000, 1, [0, 0, 0]);
    const { factor, offsets } = fitScaling(truth, rows);
    expect(factor).toBeCloseTo(1, 1);
    for (const offset of offsets) expect(Math.abs(offset)).toBeLessThan(0.1);
  });

  it('moves little for few photos, and for a class without one', () => {
    const { rows } = drawn(4, 1, [0, 0, 0]);
    const { factor, offsets } = fitScaling([0, 0, 0, 0], rows);
    expect(factor).toBeGreaterThan(0.5);
    expect(factor).toBeLessThan(2);
    for (const offset of offsets) expect(Math.abs(offset)).toBeLessThan(3);
    expect(fitScaling([], []).factor).toBe(1);
  });

  it('is the minimum: no small step from it is better', () => {
    const { rows, truth } = drawn(300, 0.5, [0.4, -0.4], 9);
    const found = fitScaling(truth, rows);
    const loss = (factor: number, offset: number) => {
      const offsets = [offset, -offset];
      const fit = truth.reduce((sum, label, index) => {
        const p = softmax((rows[index] as number[]).map((v, c) => factor * v + (offsets[c] as number)));
        return sum - Math.log(p[label] as number);
      }, 0);
      return fit + ((factor - 1) / 0.5) ** 2 / 2 + 2 * ((offset / 1.5) ** 2 / 2);
    };
    const best = loss(found.factor, found.offsets[0] as number);
    for (const [df, db] of [
      [0.02, 0],
      [-0.02, 0],
      [0, 0.02],
      [0, -0.02],
    ] as const) {
      expect(loss(found.factor + df, (found.offsets[0] as number) + db)).toBeGreaterThan(best);
    }
  });
});
