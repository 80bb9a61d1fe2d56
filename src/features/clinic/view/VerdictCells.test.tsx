// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { renderClinic } from './testing/render-clinic';
import { VerdictCells } from './VerdictCells';

const below = { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null };

function cells(changes: Partial<Analysis>, unasked = 0): string[] {
  renderClinic(
    <table>
      <tbody>
        <tr>
          <VerdictCells card={exampleCard} analysis={exampleAnalysis(changes)} unasked={unasked} />
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

test('a model that was not asked about every lesion says so beside its decision', () => {
  expect(cells({ decision: below }, 1)[0]).toMatch(/^Not flagged: .* · 1 lesion without an answer$/);
  expect(cells({ decision: below }, 9).at(-2)).toMatch(/ · 9 lesions without an answer$/);
});
