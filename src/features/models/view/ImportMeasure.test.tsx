// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { CardFit } from '../../../core/evaluation/card-fit';
import { exampleSiteCalibration } from '../../../core/fixtures/analysis';
import { renderPart, text } from '../../../ui/testing/render';
import type { AnswersDraft } from '../model/import-answers';
import { ImportMeasure } from './ImportMeasure';

/** A model whose lists held melanoma for `held` of 40 photos. */
function drawMeasured(held: number, isStale = false) {
  const share = { value: held / 40, low: 0, high: 1 };
  const { conformal } = exampleSiteCalibration('own', '');
  const perClass = [{ class: 'melanoma', count: 40, coverage: share }];
  const test = { coverage: share, meanSize: share, empty: share, single: share, perClass };
  const fit: CardFit = {
    calibration: {
      temperature: 1,
      ece: null,
      eceUncalibrated: null,
      fittedOn: 'validation',
      conformal: { ...conformal, test },
    },
    decision: null,
    results: { split: 'own', count: 80, group: 'photo', metrics: {} } as unknown as CardFit['results'],
    ood: null,
  };
  const draft = {
    classes: [
      { name: 'Nevus', korean: '모반', kind: 'benign' },
      { name: 'Melanoma', korean: '흑색종', kind: 'malignant' },
    ],
  } as AnswersDraft;
  renderPart(
    <ImportMeasure
      draft={draft}
      open={async () => null}
      importer={{ current: null }}
      disabled={false}
      measured={{ fit }}
      isStale={isStale}
      onMeasured={() => {}}
    />,
  );
}

test('a model whose lists miss melanoma more often than promised is warned of before it is added', () => {
  drawMeasured(25);
  expect(screen.getByText(text('siteCalibration.shortfall.heading'))).toBeDefined();
  const warning = screen.getByText(/25 of 40/);
  expect(warning.textContent).toContain('Melanoma');
  expect(warning.textContent).toMatch(/90\s%/);
  expect(screen.getByText(text('siteCalibration.shortfall.remedy'))).toBeDefined();
});

test('one whose lists keep their promise is not warned of, nor one that has to be measured again', () => {
  drawMeasured(38);
  drawMeasured(25, true);
  expect(screen.queryByText(text('siteCalibration.shortfall.heading'))).toBeNull();
});
