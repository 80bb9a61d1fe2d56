import { expect, test } from 'vitest';
import { exampleCard, exampleSiteCalibration } from '../fixtures/analysis';
import { rulesOf } from './site-calibration';

test('a calibration without a threshold switches no flag off', () => {
  const site = { ...exampleSiteCalibration(exampleCard.id, 'a'.repeat(64)), decision: null };
  expect(rulesOf(exampleCard, site).decision).toBe(exampleCard.decision);
});
