// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { renderPart, text } from '../../../ui/testing/render';
import { StepWords } from './StepWords';

const draw = (changes: Partial<Analysis>) =>
  renderPart(
    <StepWords
      step="attention"
      analysis={exampleAnalysis(changes)}
      card={exampleCard}
      synthetic={false}
      credit=""
    />,
  );

test('the map of a flagged photo is said to be of what it is flagged for, not of the answer', () => {
  draw({});
  expect(screen.getByText(text('kiosk.step.attention.flagged', { name: 'Melanoma' }))).toBeDefined();
  expect(screen.queryByText(text('kiosk.step.attention.sentence'))).toBeNull();
});

test('without a flag it is of the answer', () => {
  draw({ decision: { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null } });
  expect(screen.getByText(text('kiosk.step.attention.sentence'))).toBeDefined();
});
