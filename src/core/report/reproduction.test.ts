import { expect, test } from 'vitest';
import { exampleAnalysis } from '../fixtures/analysis';
import { compareAnalyses } from './reproduction';

const stored = exampleAnalysis();
const shifted = (by: number) =>
  exampleAnalysis({
    probabilities: stored.probabilities.map((probability, index) => ({
      ...probability,
      calibrated: probability.calibrated + (index === 0 ? -by : by),
    })),
  });

test('the same answer reproduces, at another time and with other timings', () => {
  const fresh = exampleAnalysis({
    createdAt: '2026-01-01T00:00:00Z',
    timings: { decode: 9, resize: 9, network: 9, total: 9 },
  });
  expect(compareAnalyses(stored, fresh)).toEqual({
    reproduces: true,
    problems: [],
    maxDifference: 0,
    tolerance: 0.01,
    sameBackend: true,
  });
});

test('differences within the tolerance reproduce, beyond it they do not', () => {
  const near = compareAnalyses(stored, shifted(0.009));
  expect(near.reproduces).toBe(true);
  expect(near.maxDifference).toBeCloseTo(0.009, 12);
  expect(compareAnalyses(stored, shifted(0.011)).problems).toEqual(['probabilities-differ']);
  expect(compareAnalyses(stored, shifted(0.009), 0.001).problems).toEqual(['probabilities-differ']);
});

test('other weights under the same name never reproduce, even with the same numbers', () => {
  const fresh = exampleAnalysis({ provenance: { ...stored.provenance, packageHash: 'c'.repeat(64) } });
  expect(compareAnalyses(stored, fresh)).toMatchObject({
    reproduces: false,
    problems: ['package-differs'],
    maxDifference: 0,
  });
});

test('another back end is named, not counted as a difference', () => {
  const fresh = exampleAnalysis({
    provenance: { ...stored.provenance, backend: 'webgpu', adapter: 'other' },
  });
  expect(compareAnalyses(stored, fresh)).toMatchObject({ reproduces: true, sameBackend: false });
});

test('another photo, square, class list or decision is named', () => {
  const fresh = exampleAnalysis({
    photo: { width: 450, height: 600 },
    square: { left: 0, top: 75, side: 450 },
    probabilities: [...stored.probabilities].reverse(),
    decision: { positive: ['mel'], probability: 0.2, threshold: 0.21, above: false, wanted: null },
  });
  expect(compareAnalyses(stored, fresh)).toMatchObject({
    problems: ['photo-differs', 'square-differs', 'classes-differ', 'decision-differs'],
    maxDifference: null,
  });
});

test('at a sensitivity that the user had chosen, the threshold of then decides', () => {
  const chosen = { positive: ['mel'], probability: 0.3, threshold: 0.5, above: false, wanted: 0.8 };
  expect(compareAnalyses(exampleAnalysis({ decision: chosen }), stored).problems).toEqual([]);
});

test('other facts of the patient are another question', () => {
  const withAge = (age: number) => exampleAnalysis({ modelMetadata: { used: { age }, missing: [] } });
  expect(compareAnalyses(withAge(45), withAge(46)).problems).toEqual(['facts-differ']);
  expect(compareAnalyses(withAge(45), stored).problems).toEqual(['facts-differ']);
  expect(compareAnalyses(withAge(45), withAge(45)).problems).toEqual([]);
});
