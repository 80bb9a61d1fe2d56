// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { exampleCard, exampleSiteCalibration } from '../../../../core/fixtures/analysis';
import { text } from '../../../../ui/testing/render';
import { createAgreementRows } from '../../model/agreement';
import { doneRun, openPhoto } from '../../model/testing/triage-rows';
import { renderClinic } from '../testing/render-clinic';
import { AgreementTable } from './AgreementTable';

/** What the grid says of one photo. `melanoma`: its probability, of a card that flags from 0.21 on. */
function answerFor(melanoma: number, refused = false): string {
  const photo = openPhoto('spot', { runs: { [exampleCard.id]: doneRun(melanoma, refused) } });
  const rows = createAgreementRows()([photo], { cards: [exampleCard], sensitivity: null }, () => false);
  renderClinic(<AgreementTable rows={rows} cards={[exampleCard]} onShow={() => {}} />);
  return screen.getAllByRole('cell')[0]?.textContent?.replaceAll('\u00a0', ' ') ?? '';
}

test('a flagged photo is led by its flag, however probable a benign class is', () => {
  expect(answerFor(0.4)).toBe('Flagged: 40 % against 21 %. No class ruled out');
});

test('a flag is said of a photo without a result, too', () => {
  expect(answerFor(0.4, true)).toBe(
    'No confident result. Flagged all the same: 40 % against 21 %. Nothing ruled out',
  );
});

test('a photo without a result and without a flag says nothing that could comfort', () => {
  expect(answerFor(0.1, true)).toBe('No confident result. Nothing ruled out');
});

test('a model that was not asked about every lesion of the photo says so', () => {
  const squares = [0, 300].map((left) => ({ left, top: 0, side: 100 }));
  const photo = openPhoto('spot', { runs: { [exampleCard.id]: doneRun(0.1) }, squares });
  const rows = createAgreementRows()([photo], { cards: [exampleCard], sensitivity: null }, () => false);
  renderClinic(<AgreementTable rows={rows} cards={[exampleCard]} onShow={() => {}} />);
  expect(screen.getAllByRole('cell')[0]?.textContent).toMatch(/Not flagged.*\d lesions? without an answer$/);
});

test('an answer by a calibration of this site names it, and only that one', () => {
  const judged = { ...exampleCard, id: 'judged' };
  const site = exampleSiteCalibration('judged', 'a'.repeat(64));
  const run = doneRun(0.4);
  const bySite =
    run.state === 'done' ? { ...run, analysis: { ...run.analysis, siteCalibration: site } } : run;
  const photo = openPhoto('spot', { runs: { [exampleCard.id]: run, judged: bySite } });
  const cards = [exampleCard, judged];
  const rows = createAgreementRows()([photo], { cards, sensitivity: null }, () => false);
  renderClinic(<AgreementTable rows={rows} cards={cards} onShow={() => {}} />);
  const [own, by] = screen.getAllByRole('cell');
  expect(within(own as HTMLElement).queryByRole('img')).toBeNull();
  expect(
    within(by as HTMLElement)
      .getByRole('img')
      .getAttribute('aria-label'),
  ).toBe(text('siteMark', { name: 'Ward 3' }));
});
