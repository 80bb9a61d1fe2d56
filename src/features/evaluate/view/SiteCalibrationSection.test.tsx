// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { SiteCalibration } from '../../../core/decision/site-calibration';
import { exampleCard, exampleSiteCalibration } from '../../../core/fixtures/analysis';
import type { ClassifierSample } from '../../../core/metrics/classifier';
import { renderPart, text } from '../../../ui/testing/render';
import { createOpenedResults } from '../model/opened-results';
import type { Evaluation } from '../model/state';
import { EvaluateContext } from './context';
import { SiteCalibrationSection } from './SiteCalibrationSection';

const hash = 'a'.repeat(64);

/** A calibration whose lists held melanoma for `held` of 40 photos. */
function siteWith(held: number): SiteCalibration {
  const site = exampleSiteCalibration(exampleCard.id, hash);
  const share = { value: held / 40, low: 0, high: 1 };
  const perClass = [{ class: 'mel', count: 40, coverage: share }];
  const test = { coverage: share, meanSize: share, empty: share, single: share, perClass };
  return { ...site, conformal: { ...site.conformal, test } };
}

async function drawFitted(site: SiteCalibration) {
  const services = {
    evaluation: {} as Evaluation,
    fitSite: async () => ({ ok: true as const, value: site }),
    opened: createOpenedResults(),
  };
  const sample = { truth: [], probabilities: [], groups: [] } as unknown as ClassifierSample;
  renderPart(
    <EvaluateContext value={services}>
      <SiteCalibrationSection card={exampleCard} sample={sample} packageHash={hash} />
    </EvaluateContext>,
  );
  const name = screen.getByRole('textbox', { name: text('siteCalibration.name') });
  fireEvent.change(name, { target: { value: 'Ward 3' } });
  fireEvent.click(screen.getByRole('button', { name: text('siteCalibration.fit') }));
  return screen.findByRole('button', { name: text('siteCalibration.keep') });
}

test('lists that miss melanoma more often than promised are named before they can be kept', async () => {
  const keep = await drawFitted(siteWith(25));
  const warning = screen.getByText(/25 of 40/);
  expect(warning.textContent).toContain('Melanoma');
  // A space that does not break stands before the sign.
  expect(warning.textContent).toMatch(/90\s%/);
  expect(warning.compareDocumentPosition(keep)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});

test('lists that keep their promise are not warned of', async () => {
  await drawFitted(siteWith(38));
  expect(screen.queryByText(text('siteCalibration.shortfall.heading'))).toBeNull();
});
