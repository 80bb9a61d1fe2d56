// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { success } from '../../core/failure';
import { exampleCard } from '../../core/fixtures/analysis';
import { exampleLook } from '../../core/takeaway/fixtures/look';
import type { SampleLook, Takeaway } from '../../core/takeaway/takeaway';
import { fakeServices, renderPart, text } from '../testing/render';
import { TakenVisit } from './TakenVisit';

const look: SampleLook = { ...exampleLook, model: { ...exampleLook.model, version: '9.9.9' } };
const visit = (change: Partial<SampleLook> = {}): Takeaway => ({
  day: '2026-11-29',
  looks: [{ ...look, ...change }],
  round: null,
});

async function show(takeaway: Takeaway): Promise<void> {
  const services = fakeServices({ packages: async () => success([exampleCard]) });
  await services.runtime.refreshPackages();
  renderPart(<TakenVisit takeaway={takeaway} />, services);
}

test('names model and classes as the site’s card does, with the version that answered', async () => {
  await show(visit());
  const names = exampleCard.classes.map(({ name }) => name.en);
  const rows = screen.getAllByRole('row').map(({ textContent }) => textContent ?? '');
  expect(rows).toHaveLength(2);
  for (const name of names) expect(rows.some((row) => row.includes(name))).toBe(true);
  expect(screen.getByText(new RegExp(`${exampleCard.title.en}.*9\\.9\\.9`))).toBeTruthy();
  expect(screen.queryByText(text('takeaway.unknownModel'))).toBeNull();
});

test('shows a model that this site does not have by its short names, and says so', async () => {
  await show(visit({ model: { id: 'other', version: '1.0.0' } }));
  expect(screen.getByText(text('takeaway.unknownModel'))).toBeTruthy();
  expect(screen.getByRole('rowheader', { name: 'mel' })).toBeTruthy();
});

test('says where no threshold was set, and then names the most probable class', async () => {
  await show(visit({ headline: 'most-probable' }));
  const melanoma = exampleCard.classes.find(({ id }) => id === 'mel')?.name.en ?? '';
  expect(screen.getByText(new RegExp(`^No threshold\\. Most probable: ${melanoma} 81`))).toBeTruthy();
});

test('says of a drawing, too, that no threshold was set', async () => {
  await show(visit({ headline: 'most-probable', kind: 'drawing', probabilities: [] }));
  expect(screen.getByText('No threshold')).toBeTruthy();
});

test('says what could not be ruled out, and nothing of it where the code does not', async () => {
  await show(visit({ headline: 'not-flagged', listed: { classes: ['nv', 'mel'], unsure: true } }));
  expect(screen.getByText('Unsure, nothing ruled out. To consider: Melanoma, Nevus')).toBeTruthy();
  await show(visit());
  expect(screen.getAllByText(/ruled out/)).toHaveLength(1);
});

test('says that a photo without a result was flagged all the same, and why it has no numbers', async () => {
  await show(visit({ headline: 'no-result-flagged', probabilities: [] }));
  expect(screen.getByText('No confident result. Flagged all the same.')).toBeTruthy();
  expect(screen.getByText(text('takeaway.noResultNote'))).toBeTruthy();
});

test('names the calibration of the kiosk’s site that judged, by its day, beside the look and the score', async () => {
  await show({
    ...visit({ model: { ...look.model, site: '2026-01-02' } }),
    round: { you: 4, machine: 5, of: 6, drawn: false, site: '2026-01-02' },
  });
  expect(screen.getAllByText(text('takeaway.site', { day: 'Jan 2, 2026' }))).toHaveLength(2);
});
