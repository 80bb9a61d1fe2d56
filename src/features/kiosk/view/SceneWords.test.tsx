// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { exampleAnalysis, exampleCard, exampleSiteCalibration } from '../../../core/fixtures/analysis';
import { renderPart, text } from '../../../ui/testing/render';
import type { DemoSample } from '../model/demo-gallery';
import { Answer } from './Answer';
import { SceneWords } from './SceneWords';

const refused = { score: 20, threshold: 12.3, inDistribution: false, refused: true };

function titleOf(changes: Partial<Analysis> = {}): string {
  const analysis = exampleAnalysis(changes);
  const sample = { synthetic: false, credit: '', run: { state: 'done', analysis } } as DemoSample;
  renderPart(<SceneWords scene={{ sample, analysis, step: 'answer' }} card={exampleCard} canPlay={false} />);
  return (screen.getByRole('heading').textContent ?? '').replaceAll('\u00a0', ' ');
}

test('the loop says of a photo without a result that it was flagged all the same', () => {
  expect(titleOf({ outOfDistribution: refused })).toMatch(
    /^No confident result\. Flagged all the same: \d+ % against 21 %\.$/,
  );
  expect(screen.getByText('Nothing ruled out.')).toBeTruthy();
});

test('the loop is led by the flag of a flagged photo, with its sum', () => {
  expect(titleOf()).toMatch(/^Flagged: \d+ % against 21 %\.$/);
});

test('beside "not flagged" the loop says what cannot be ruled out', () => {
  const decision = { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null };
  const title = titleOf({ decision, conformalSet: ['mel'], unsure: false });
  expect(title).toBe('Not flagged: 10 % against 21 %.');
  expect(screen.getByText('Not ruled out: Melanoma.')).toBeTruthy();
});

test('the loop says of a model without a threshold that it has none', () => {
  expect(titleOf({ decision: null })).toMatch(/^No threshold\. Most probable: /);
});

test('the loop says that one of several spots was looked at', () => {
  const lesion = { lesions: [{}, {}, {}], chosen: 0, mask: null } as unknown as Analysis['lesion'];
  titleOf({ lesion });
  expect(screen.getByText(text('kiosk.oneOfSpots', { found: 3 }))).toBeTruthy();
});

test('the answer says which class is in its list for the flag', () => {
  const { container } = renderPart(
    <Answer analysis={exampleAnalysis({ conformalSet: ['nv'] })} card={exampleCard} />,
  );
  expect(container.textContent).toContain(text('verdict.list.forFlag', { classes: 'Melanoma' }));
});

test('the loop and the answer name the calibration of this site that they are by', () => {
  const siteCalibration = exampleSiteCalibration('tiny-classifier', 'a'.repeat(64));
  titleOf({ siteCalibration });
  expect(screen.getByText(text('siteMark', { name: 'Ward 3' }))).toBeTruthy();
  const { container } = renderPart(
    <Answer analysis={exampleAnalysis({ siteCalibration })} card={exampleCard} />,
  );
  expect(container.textContent).toContain('“Ward 3”');
});

test('the loop names none where the answer is by the model itself', () => {
  titleOf();
  expect(document.body.textContent).not.toContain('calibration of this site');
});
