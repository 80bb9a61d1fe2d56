import { describe, expect, test } from 'vitest';
import fixtures from './fixtures/metrics.json';
import {
  accuracy,
  areasUnderCurve,
  areaUnderCurve,
  argmax,
  balancedAccuracy,
  confusion,
  macroF1,
} from './metrics';

// Made by scikit-learn: training/fixtures/metrics.py
describe('equals scikit-learn', () => {
  for (const one of fixtures.cases) {
    test(one.name, () => {
      const predicted = one.probabilities.map((row) => one.labels[argmax(row)] ?? '');
      const counts = confusion(one.labels, one.truth, predicted);
      expect(counts.matrix).toEqual(one.confusion);
      expect(Math.abs(accuracy(counts) - one.accuracy)).toBeLessThan(1e-9);
      expect(Math.abs(balancedAccuracy(counts) - one.balancedAccuracy)).toBeLessThan(1e-9);
      expect(Math.abs(macroF1(counts) - one.macroF1)).toBeLessThan(1e-9);

      const areas = areasUnderCurve(one.labels, one.truth, one.probabilities);
      one.auc.forEach((expected, index) => {
        const area = areas.perClass[one.labels[index] ?? ''];
        if (expected === null) expect(area).toBeNull();
        else expect(Math.abs((area ?? Number.NaN) - expected)).toBeLessThan(1e-9);
      });
      const defined = one.auc.filter((area) => area !== null);
      const mean = defined.reduce((sum, area) => sum + area, 0) / defined.length;
      expect(Math.abs((areas.macro ?? Number.NaN) - mean)).toBeLessThan(1e-9);
    });
  }
});

test('area under the curve: equal scores count half, one-sided truth has none', () => {
  expect(areaUnderCurve([0.5, 0.5, 0.5, 0.5], [true, false, true, false])).toBe(0.5);
  expect(areaUnderCurve([0.1, 0.9], [false, true])).toBe(1);
  expect(areaUnderCurve([0.1, 0.9], [true, false])).toBe(0);
  expect(areaUnderCurve([0.1, 0.9], [true, true])).toBeNull();
});

test('a label that is no class is refused', () => {
  expect(() => confusion(['nv', 'mel'], ['nv', 'scc'], ['nv', 'nv'])).toThrow(RangeError);
});
