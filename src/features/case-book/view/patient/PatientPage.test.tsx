// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleAnalysis } from '../../../../core/fixtures/analysis';
import { openCases } from '../../../../records/database';
import { entry, lesion, patient, photo } from '../../../../records/fixtures/records';
import { createCases } from '../../../../records/store';
import { useCases } from '../../../../ui/context';
import { fakeServices, renderPart, text } from '../../../../ui/testing/render';
import { casesOf } from '../../model/search';
import { PatientPage } from './PatientPage';

// Mantine's growing text box listens for fonts, of which a document without a browser has none.
Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });

let cases: ReturnType<typeof createCases>;
function Page() {
  const records = useCases((state) => state.records);
  const [known] = records.patients;
  return known ? <PatientPage patient={known} cases={casesOf(records)} /> : null;
}
const unit = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];

async function open(count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `l${index}`);
  cases = createCases({ open: (onClosed) => openCases({ onClosed }), channel: () => null });
  await cases.put({
    patients: [patient('p', { alias: 'K-17' })],
    lesions: ids.map((id) => lesion(id, { patientId: 'p', site: id === 'l0' ? 'forearm' : 'back' })),
    photos: ids.map((id) => photo(`h-${id}`, [id])),
    entries: ids.map((id, index) => {
      const {
        activation: _,
        attention: __,
        lesion: ___,
        ...analysis
      } = exampleAnalysis({
        embedding: unit(index === 2 ? 90 : 2 * index),
      });
      const plain = { ...analysis, activation: null, attention: null, lesion: null };
      return entry(`e-${id}`, `h-${id}`, id, { analysis: plain });
    }),
  });
  await cases.load();
  renderPart(<Page />, { ...fakeServices(), cases });
}
beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => cases.forgetEverything());

const map = () => screen.getByRole('region', { name: text('patientPage.map.heading') });
const pins = () => within(map()).getAllByRole('button', { name: /^\d+\. / });

test('pins are one stop of the Tab key; arrows go from one to the next, and Enter opens the lesion', async () => {
  await open(3);
  // The forearm without a side has none.
  expect(pins()).toHaveLength(2);
  expect(pins().filter((pin) => pin.getAttribute('tabindex') === '0')).toHaveLength(1);
  pins()[0]?.focus();
  fireEvent.keyDown(pins()[0] as Element, { key: 'ArrowRight' });
  expect(document.activeElement).toBe(pins()[1]);
  fireEvent.keyDown(pins()[1] as Element, { key: 'Enter' });
  expect(window.location.hash).toBe('#/cases?lesion=l2');
});

test('the odd one out is said from eight lesions on', async () => {
  await open(7);
  const section = () => screen.getByRole('region', { name: text('patientPage.oddOneOut.heading') });
  expect(section().textContent).toContain(text('patientPage.oddOneOut.few', { least: 8, count: 7 }));
  expect(screen.queryByText(text('patientPage.odd'))).toBeNull();
});

test('the odd one out is named with its distance, and with what that does not mean', async () => {
  await open(8);
  const section = screen.getByRole('region', { name: text('patientPage.oddOneOut.heading') });
  expect(section.textContent).toContain('3. Label l2');
  expect(section.textContent).toMatch(/farthest in 62\s%.*by chance: 13\s%.* in 60\s%/);
  expect(screen.getAllByText(text('patientPage.odd'))).toHaveLength(1);
});

test('the next visit is written by a press, by a typed day, and taken back', async () => {
  await open(1);
  const stored = () => cases.store.getState().records.patients[0]?.nextVisit;
  const day = screen.getByLabelText(text('patientPage.next.label'));
  fireEvent.change(day, { target: { value: '2030-05-06' } });
  fireEvent.blur(day);
  await waitFor(() => expect(stored()).toBe('2030-05-06'));
  fireEvent.click(screen.getByRole('button', { name: text('patientPage.next.none') }));
  await waitFor(() => expect(stored()).toBeNull());
  fireEvent.click(screen.getByRole('button', { name: text('patientPage.next.year') }));
  await waitFor(() => expect(stored()).toMatch(/^20\d\d-/));
});

test('lesions and visits say in words what was flagged', async () => {
  await open(1);
  const flagged = { name: /Flagged: 30.% against.21.%/ };
  // Once in the list of lesions, once in that of visits.
  expect(screen.getAllByRole('button', flagged)).toHaveLength(2);
});

test('lesions and visits say that another lesion of a photo was flagged', async () => {
  await open(1);
  const flag = { flagged: true, probability: 0.6, threshold: 0.21 };
  const other = { number: 2, of: 2, square: { left: 0, top: 0, side: 9 }, noResult: false, classes: ['mel'] };
  const [known] = cases.store.getState().records.entries;
  if (known) await cases.put({ entries: [{ ...known, otherLesions: [{ ...other, flag, listed: 'one' }] }] });
  // Once in the list of lesions, once in that of visits.
  await waitFor(() => expect(screen.getAllByText(/Another lesion of this photo is flagged/)).toHaveLength(2));
});

test('pins, lesions and visits say the flag of a model that another one came after', async () => {
  await open(2);
  const known = cases.store.getState().records.entries.find(({ lesionId }) => lesionId === 'l1');
  if (!known) throw new Error('No entry.');
  const { analysis } = known;
  const decision = { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null };
  const provenance = { ...analysis.provenance, packageId: 'compared' };
  const later = { ...analysis, createdAt: '2999-01-01T00:00:00.000Z', decision, provenance };
  await cases.put({ entries: [{ ...known, id: 'later', analysis: later }] });
  // Once in the list of lesions, once in that of visits.
  const said = { name: /Label l1.*Flagged: 30.% against.21.% \(tiny-classifier\)/ };
  await waitFor(() => expect(screen.getAllByRole('button', said)).toHaveLength(2));
  expect(screen.queryByText(/Not flagged/)).toBeNull();
  expect(pins()[0]?.getAttribute('aria-label')).toContain(text('patientPage.flagged'));
});
