// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import type { Analysis } from '../../../../core/analysis';
import { exampleAnalysis, exampleCard, exampleSiteCalibration } from '../../../../core/fixtures/analysis';
import { renderPart, text } from '../../../../ui/testing/render';
import type { DemoSample } from '../../model/demo-gallery';
import type { RoundPhoto } from '../../model/round';
import { Reveal } from './Reveal';

function said(
  flaggedAllTheSame: boolean,
  changes: Partial<Analysis> = {},
  about: Partial<RoundPhoto> = {},
): string {
  const sample = {
    ...{ structures: [], credit: '', synthetic: false },
    run: { state: 'done', analysis: exampleAnalysis(changes) },
  } as unknown as DemoSample;
  const photo: RoundPhoto = {
    ...{ id: 'a', diagnosis: 'mel', drawn: false, truth: 'suspicious', guess: 'suspicious', machine: null },
    flaggedAllTheSame,
    site: null,
    ...about,
  };
  return renderPart(<Reveal photo={photo} sample={sample} card={exampleCard} />).container.textContent ?? '';
}

test('"no result" keeps its place in the game, and a flag is said beside it', () => {
  const both = said(true);
  expect(both).toContain(text('kioskRound.noCall'));
  expect(both).toContain(text('kioskRound.noCallFlagged'));
  expect(said(false)).not.toContain(text('kioskRound.noCallFlagged'));
});

test('the calibration of this site that the machine judged by is named, and none where it judged by its own', () => {
  const siteCalibration = exampleSiteCalibration('tiny-classifier', 'a'.repeat(64));
  const mark = text('siteMark', { name: 'Ward 3' });
  expect(said(false, { siteCalibration })).toContain(mark);
  expect(said(false)).not.toContain(mark);
});

test('the machine flags or does not, and calls nothing harmless', () => {
  const decision = { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null };
  const missed = said(false, { decision }, { machine: 'harmless' }).replaceAll('\u00a0', ' ');
  expect(missed).not.toContain(text('kioskRound.call.harmless'));
  expect(missed).toContain(
    `${text('kioskRound.machine')}: Not flagged: 10 % against 21 %. No class ruled out.`,
  );
  expect(said(false, {}, { guess: 'harmless', machine: 'suspicious' })).toContain(
    text('kioskRound.call.harmless'),
  );
  // Of a drawing its numbers mean nothing.
  expect(said(false, { decision }, { machine: 'harmless', drawn: true })).not.toContain('ruled out');
});
