// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { exampleCard } from '../../../core/fixtures/analysis';
import { doneRun, openPhoto } from '../model/testing/triage-rows';
import { LesionTable } from './LesionTable';
import { renderClinic } from './testing/render-clinic';

const squares = [0, 300, 450].map((left) => ({ left, top: 0, side: 100 }));
const [first, second] = squares as [(typeof squares)[0], (typeof squares)[0]];
const lesion = { number: 2, of: 3, square: second, classes: ['mel', 'nv'], listed: 'some' as const };

/** What the table says of each lesion, of a photo whose second has been answered for at another time. */
function rows(noResult: boolean, probability: number): string[] {
  const run = doneRun(0.1);
  const standing = run.state === 'done' ? { ...run, analysis: { ...run.analysis, square: first } } : run;
  const flag = { flagged: probability >= 0.21, probability, threshold: 0.21 };
  const photo = openPhoto('spot', {
    runs: { [exampleCard.id]: standing },
    squares,
    lesionsSaid: [{ packageId: exampleCard.id, lesion: { ...lesion, noResult, flag } }],
  });
  renderClinic(<LesionTable photo={photo} card={exampleCard} />);
  return screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => (row.textContent ?? '').replaceAll('\u00a0', ' '));
}

test('what was said of a lesion at another time stands until there is an answer; one nobody asked about says so', () => {
  const [, said, unasked] = rows(false, 0.6);
  expect(said).toMatch(/Flagged: 60 % against 21 %.*Melanoma or .*Nevus$/);
  expect(unasked).toMatch(/Not asked$/);
  expect(screen.getByRole('button', { name: 'Look at all 3' })).toBeTruthy();
});

test('without a result a flag is said, and no class', () => {
  expect(rows(true, 0.6)[1]).toMatch(
    /No confident result\. Flagged all the same: 60 % against 21 %Nothing ruled out$/,
  );
});

test('without a result and without a flag no number is said', () => {
  expect(rows(true, 0.1)[1]).toMatch(/No confident resultNothing ruled out$/);
});
