// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { success } from '../../../core/failure';
import { exampleAnalysis, exampleCard, exampleSiteCalibration } from '../../../core/fixtures/analysis';
import { fakeServices, renderPart, text } from '../../../ui/testing/render';
import { AnswerLine } from './AnswerLine';

const refused = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
const below = { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null };

const three = ['nv', 'mel', 'df'].map((id, index) => ({
  ...{ id, logit: 0, raw: 0 },
  calibrated: [0.6, 0.3, 0.1][index] as number,
}));

/** `version`: of the package that this site has; null where it has none. */
async function said(changes: Partial<Analysis>, version: string | null): Promise<string> {
  const cards = version === null ? [] : [{ ...exampleCard, version }];
  const services = fakeServices({ packages: async () => success(cards) });
  await services.runtime.refreshPackages();
  const { container } = renderPart(<AnswerLine analysis={exampleAnalysis(changes)} />, services);
  return (container.querySelector('[class*="answerLine"]')?.textContent ?? '').replaceAll('\u00a0', ' ');
}

for (const [where, version] of [
  ['with the package that answered', exampleCard.version],
  ['with another version of it', '9.9.9'],
  ['where the package is gone', null],
] as const) {
  test(`flagged or not leads, ${where}`, async () => {
    expect(await said({}, version)).toBe('Flagged: 30 % against 21 %. No class ruled out');
  });
  test(`a photo without a flag says so, ${where}`, async () => {
    expect(await said({ decision: below }, version)).toBe(
      'Not flagged: 10 % against 21 %. No class ruled out',
    );
  });
  test(`a threshold that the user asked for is said to be one, ${where}`, async () => {
    const asked = { positive: ['mel'], probability: 0.3, threshold: 0.05, above: true, wanted: 0.98 };
    expect(await said({ decision: asked }, version)).toBe(
      'Flagged: 30 % against 5 %. No class ruled out. You asked for a threshold that is meant to flag 98 % of such lesions.',
    );
  });
  test(`a flag is said without a result, ${where}`, async () => {
    expect(await said({ outOfDistribution: refused }, version)).toBe(
      'No confident result. Flagged all the same: 30 % against 21 %. Nothing ruled out',
    );
  });
  test(`without a result and without a flag no number is shown, ${where}`, async () => {
    expect(await said({ outOfDistribution: refused, decision: below }, version)).toBe(
      'No confident result. Nothing ruled out',
    );
  });
}

test('without a threshold the most probable class is named, by its id where the package is gone', async () => {
  expect(await said({ decision: null, conformalSet: ['nv'] }, null)).toBe(
    'No threshold. Most probable: nv 70 %. Not ruled out: nv',
  );
});

test('what a flag adds to the list is named where the package is gone, too', async () => {
  expect(await said({ conformalSet: ['nv'], probabilities: three }, null)).toBe(
    'Flagged: 30 % against 21 %. Not ruled out: nv, mel',
  );
});

test('a flag of another lesion in the photo is said', () => {
  const flag = { flagged: true, probability: 0.6, threshold: 0.21 };
  const other = { number: 2, of: 2, square: { left: 0, top: 0, side: 9 }, noResult: false, classes: ['mel'] };
  const analysis = exampleAnalysis({ decision: below });
  const { container } = renderPart(
    <AnswerLine analysis={analysis} beside={{ otherLesions: [{ ...other, flag, listed: 'one' }] }} />,
    fakeServices(),
  );
  expect(container.textContent).toMatch(/Not flagged.*\. Another lesion of this photo is flagged\.$/);
  expect(container.querySelector('[data-flagged] .tabler-icon-flag')).not.toBeNull();
});

test('a calibration of this site that the answer is by is named', () => {
  const siteCalibration = exampleSiteCalibration('tiny-classifier', 'a'.repeat(64));
  const { rerender } = renderPart(<AnswerLine analysis={exampleAnalysis({ siteCalibration })} />);
  expect(screen.getByRole('img').getAttribute('aria-label')).toBe(text('siteMark', { name: 'Ward 3' }));
  rerender(<AnswerLine analysis={exampleAnalysis()} />);
  expect(screen.queryByRole('img')).toBeNull();
});

test('lesions that were found and have no answer are counted', () => {
  const unasked = { reason: 'limit' as const, numbers: [9, 10], of: 10, limit: 8 };
  const { container } = renderPart(
    <AnswerLine analysis={exampleAnalysis()} beside={{ unaskedLesions: [unasked] }} />,
  );
  expect(container.textContent).toMatch(
    /Flagged: .*\. 2 more lesions of this photo were found and have no answer\.\s*$/,
  );
});
