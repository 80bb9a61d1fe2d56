// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { renderClinic } from './testing/render-clinic';
import { VerdictCells } from './VerdictCells';

const below = { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null };

function cells(changes: Partial<Analysis>): string[] {
  renderClinic(
    <table>
      <tbody>
        <tr>
          <VerdictCells card={exampleCard} analysis={exampleAnalysis(changes)} />
        </tr>
      </tbody>
    </table>,
  );
  return screen
    .getAllByRole('cell')
    .map(({ textContent }) => (textContent ?? '').trim().replaceAll('\u00a0', ' '));
}

test('an unsure answer is not listed as the only thing that cannot be ruled out', () => {
  const [, list] = cells({ conformalSet: ['nv'], unsure: true, decision: below });
  expect(list).toMatch(/^Unsure, nothing is ruled out\. Consider first: .*Nevus$/);
});

test('a flagged photo lists what it was flagged for', () => {
  const [flag, list] = cells({ conformalSet: ['nv'] });
  expect(flag).toBe('Flagged: 30 % against 21 %');
  expect(list).toMatch(/Nevus or Melanoma$/);
});
