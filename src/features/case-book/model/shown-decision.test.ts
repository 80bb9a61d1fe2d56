import { expect, test } from 'vitest';
import { exampleAnalysis } from '../../../core/fixtures/analysis';
import { hasResult, shownDecision } from './shown-decision';

test('without a result a case shows no number, but a flag all the same', () => {
  const outOfDistribution = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
  const below = { positive: ['mel'], probability: 0.01, threshold: 0.21, above: false, wanted: null };
  expect(hasResult(exampleAnalysis({ outOfDistribution }))).toBe(false);
  expect(shownDecision(exampleAnalysis({ decision: below }))).toEqual(below);
  expect(shownDecision(exampleAnalysis({ outOfDistribution, decision: below }))).toBeNull();
  expect(shownDecision(exampleAnalysis({ outOfDistribution }))?.above).toBe(true);
});
