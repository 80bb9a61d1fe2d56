// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { openCases } from '../../../../records/database';
import { lesion, patient } from '../../../../records/fixtures/records';
import { createCases } from '../../../../records/store';
import { fakeServices, text } from '../../../../ui/testing/render';
import { doneRun, openPhoto } from '../../model/testing/triage-rows';
import { renderClinic } from '../testing/render-clinic';
import { SaveCaseDialog } from './SaveCaseDialog';

const cases = createCases({ open: (onClosed) => openCases({ onClosed }), channel: () => null });
afterEach(() => cases.forgetEverything());

const photo = openPhoto('K-17 left forearm.jpg', { runs: { nets: doneRun(0.1) } });
const field = (key: string) =>
  screen.findByRole<HTMLInputElement>('textbox', { name: new RegExp(text(key)) });

/** The dialog, open on the photo. */
async function opened(of = photo) {
  await cases.load();
  const { patientContext } = renderClinic(<SaveCaseDialog photo={of} />, { ...fakeServices(), cases });
  patientContext.readFromName(photo.id, photo.origin.site);
  fireEvent.click(screen.getByRole('button', { name: text('caseBook.save.button') }));
}

test('patient and lesion are proposed as the name of the photo has them', async () => {
  await opened();
  expect((await field('caseBook.alias')).value).toBe('K-17');
  expect((await field('caseBook.lesionLabel')).value).toBe('Left forearm');
});

test('an alias that is in use is that patient', async () => {
  await cases.put({ patients: [patient('p1', { alias: 'M-3' })] });
  await opened();
  const alias = await field('caseBook.alias');
  fireEvent.change(alias, { target: { value: 'M-3' } });
  fireEvent.blur(alias);
  await waitFor(() =>
    expect(screen.queryByRole('textbox', { name: new RegExp(text('caseBook.alias')) })).toBeNull(),
  );
  expect(screen.getByDisplayValue('M-3')).toBeTruthy();
});

test('a lesion of nobody stays the lesion where a patient is given', async () => {
  await cases.put({ lesions: [lesion('l4', { label: 'Mole' })] });
  await opened({ ...photo, origin: { ...photo.origin, lesionId: 'l4' } });
  expect(await screen.findByDisplayValue('Mole')).toBeTruthy();
  fireEvent.click(screen.getByDisplayValue(text('caseBook.nobody')));
  fireEvent.click(screen.getByRole('option', { name: text('caseBook.save.newPatient'), hidden: true }));
  expect((await field('caseBook.alias')).value).toBe('K-17');
  expect(screen.getByDisplayValue('Mole')).toBeTruthy();
});
