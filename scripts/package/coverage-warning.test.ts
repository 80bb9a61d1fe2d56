import { expect, test } from 'vitest';
import { exampleCard, exampleSiteCalibration } from '../../src/core/fixtures/analysis';
import { coverageWarning } from './coverage-warning';

/** A card whose lists held melanoma for `held` of 40 photos. */
function measured(held: number) {
  const share = { value: held / 40, low: 0, high: 1 };
  const { conformal } = exampleSiteCalibration(exampleCard.id, '');
  const perClass = [{ class: 'mel', count: 40, coverage: share }];
  const test = { coverage: share, meanSize: share, empty: share, single: share, perClass };
  const calibration = { temperature: 1, ece: null, eceUncalibrated: null, fittedOn: 'validation' as const };
  return { ...exampleCard, calibration: { ...calibration, conformal: { ...conformal, test } } };
}

test('the command names the malignant class whose lists miss it more often than promised', () => {
  expect(coverageWarning(measured(25))).toEqual([
    'The lists miss a diagnosis more often than they promise.',
    'Melanoma: on the half that was measured, the list held it for 25 of 40 photos of it. At least 90 % are promised.',
    'Add photos of this diagnosis and fit again before you rely on these lists.',
  ]);
});

test('lists that keep their promise, or that nobody measured, are not warned of', () => {
  expect(coverageWarning(measured(38))).toEqual([]);
  expect(coverageWarning({ ...exampleCard, calibration: null })).toEqual([]);
});
