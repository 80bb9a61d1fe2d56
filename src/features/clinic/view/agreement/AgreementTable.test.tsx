// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { exampleCard } from '../../../../core/fixtures/analysis';
import { createAgreementRows } from '../../model/agreement';
import { doneRun, openPhoto } from '../../model/testing/triage-rows';
import { renderClinic } from '../testing/render-clinic';
import { AgreementTable } from './AgreementTable';

/** What the grid says of one photo. `melanoma`: its probability, of a card that flags from 0.21 on. */
function answerFor(melanoma: number, refused = false): string {
  const photo = openPhoto('spot', { runs: { [exampleCard.id]: doneRun(melanoma, refused) } });
  const rows = createAgreementRows()([photo], { cards: [exampleCard], sensitivity: null }, () => false);
  renderClinic(<AgreementTable rows={rows} cards={[exampleCard]} onShow={() => {}} />);
  return screen.getAllByRole('cell')[0]?.textContent?.replace('\u00a0', ' ') ?? '';
}

test('a flagged photo is led by its flag, however probable a benign class is', () => {
  expect(answerFor(0.4)).toBe('Flagged, 40 %');
});

test('a flag is said of a photo without a result, too', () => {
  expect(answerFor(0.4, true)).toBe('No confident result. Flagged all the same, 40 %');
});

test('a photo without a result and without a flag says nothing that could comfort', () => {
  expect(answerFor(0.1, true)).toBe('No confident result');
});
