// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Card } from '../../../core/card/card';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { text } from '../../../ui/testing/render';
import { ProbabilitiesSection } from './Probabilities';
import { renderClinic } from './testing/render-clinic';

const [nevus] = exampleCard.classes;
const named = (en: string) => ({ ...nevus, id: en.toLowerCase(), name: { en, ko: en } });
const probabilities = { nv: 0.45, keratosis: 0.3, mel: 0.25 };

/** Folded, of a photo whose two most probable classes are benign. */
function folded(above: boolean): string {
  const card = { ...exampleCard, classes: [...exampleCard.classes, named('Keratosis')] } as Card;
  const threshold = above ? 0.21 : 0.3;
  const analysis = exampleAnalysis({
    probabilities: Object.entries(probabilities).map(([id, calibrated]) => ({
      ...{ id, logit: 0, raw: calibrated, calibrated },
    })),
    decision: { positive: ['mel'], probability: 0.25, threshold, above, wanted: null },
  });
  const { container } = renderClinic(<ProbabilitiesSection analysis={analysis} card={card} />);
  const toggle = screen.getByRole('button', { name: text('answer.probabilities') });
  // A page remembers what is folded.
  if (toggle.getAttribute('aria-expanded') === 'true') fireEvent.click(toggle);
  return (container.querySelector('[class*="essence"]')?.textContent ?? '').replaceAll('\u00a0', ' ');
}

test('the folded line of a flagged photo names the class that it was flagged for', () => {
  expect(folded(true)).toMatch(/Nevus 45 % · Keratosis 30 % · Melanoma 25 %$/);
});

test('without a flag the folded line has the two most probable classes', () => {
  expect(folded(false)).toMatch(/Nevus 45 % · Keratosis 30 %$/);
});
