// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { SiteCalibration } from '../../core/decision/site-calibration';
import { success } from '../../core/failure';
import { exampleCard, exampleSiteCalibration } from '../../core/fixtures/analysis';
import { packageHash } from '../../engine/package/hash';
import { fakeEngine } from '../../engine/testing/fake-engine';
import { createRuntime } from '../../runtime/runtime';
import { createSiteCalibrations, type UnreadCalibration } from '../../runtime/site-calibrations';
import { fakeServices, renderPart, text } from '../testing/render';
import { SiteNotApplied } from './SiteNotApplied';
import { UnappliedCalibrations } from './UnappliedCalibrations';

const unread: UnreadCalibration = {
  ...{
    packageId: exampleCard.id,
    name: 'Ward 3',
    json: '{"temperature":-1}',
    problem: 'temperature: too small',
  },
};

function servicesWith(kept: SiteCalibration[], ...others: UnreadCalibration[]) {
  const memory = { recall: () => ({ kept, unread: others }), remember: () => {} };
  const runtime = createRuntime(fakeEngine({}), undefined, createSiteCalibrations(memory));
  return { ...fakeServices({ packages: async () => success([exampleCard]) }), runtime };
}

const fitting = async () => exampleSiteCalibration(exampleCard.id, await packageHash(exampleCard));

test('an answer says that the calibration of another version was not applied', async () => {
  const stale = exampleSiteCalibration(exampleCard.id, 'b'.repeat(64));
  renderPart(<SiteNotApplied card={exampleCard} site={null} />, servicesWith([stale]));
  await waitFor(() => screen.getByText(text('siteNotApplied.stale')));
});

test('an answer says that a calibration that cannot be read was not applied', () => {
  renderPart(<SiteNotApplied card={exampleCard} site={null} />, servicesWith([], unread));
  screen.getByText(text('siteNotApplied.unread'));
});

test('nothing is said of an answer that a calibration judged, or where none is kept', async () => {
  const site = await fitting();
  renderPart(
    <main>
      <SiteNotApplied card={exampleCard} site={site} />
      <SiteNotApplied card={{ ...exampleCard, id: 'another' }} site={null} />
    </main>,
    servicesWith([site], unread),
  );
  await packageHash(exampleCard);
  expect(screen.getByRole('main').textContent).toBe('');
});

test('the list of models names each that is not applied with its reason, and removes it', () => {
  const stray = exampleSiteCalibration('gone', 'b'.repeat(64));
  const services = servicesWith([stray], unread);
  renderPart(<UnappliedCalibrations cards={[exampleCard]} />, services);
  const list = screen.getByRole('status');
  expect(list.textContent).toContain('temperature: too small');
  expect(list.textContent).toContain(text('siteCalibration.unapplied.noModel'));
  expect(screen.getAllByRole('button', { name: text('siteCalibration.export') })).toHaveLength(2);
  const remove = { name: text('siteCalibration.unapplied.remove') };
  for (const _ of [unread, stray]) fireEvent.click(screen.getAllByRole('button', remove)[0] as HTMLElement);
  expect(screen.queryByRole('status')).toBeNull();
});
