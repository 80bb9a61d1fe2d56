// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Cases } from '../../../../records/cases';
import { lesion, patient } from '../../../../records/fixtures/records';
import { fakeServices, text } from '../../../../ui/testing/render';
import type { DraftPatient } from '../../model/batch-draft';
import { originOf } from '../../model/photo-origin';
import { openPhoto } from '../../model/testing/triage-rows';
import { renderClinic } from '../testing/render-clinic';
import { PatientPart } from './PatientPart';

const spot = lesion('l4', { label: '' });
const nobodys: DraftPatient = {
  id: null,
  alias: '',
  isNobody: true,
  lesions: [
    { photoIds: ['a.jpg'], by: 'chosen', distance: null, side: null, site: null, label: '', lesionId: 'l4' },
  ],
};

/** The part of the dialog for a photo that was brought for a lesion without patient and label. */
function drawn(draft: DraftPatient) {
  const records = { patients: [patient('-')], lesions: [spot], photos: [], entries: [] };
  const services = fakeServices();
  const cases = {
    ...services.cases,
    store: createStore(() => ({ state: 'ready', records })),
  } as unknown as Cases;
  const onWhose = vi.fn();
  const photos = [openPhoto('a.jpg', { origin: originOf('a.jpg', 'l4') })];
  const noop = () => {};
  renderClinic(
    <PatientPart patient={draft} photos={photos} onChange={noop} onWhose={onWhose} onNext={noop} />,
    { ...services, cases },
  );
  return onWhose;
}

test('a lesion of nobody stays nobody’s: no alias and no label are asked for', () => {
  const onWhose = drawn(nobodys);
  expect(screen.getByDisplayValue(text('caseBook.nobody'))).toBeTruthy();
  expect(screen.queryByRole('textbox', { name: new RegExp(text('caseBook.alias')) })).toBeNull();
  expect(screen.getByPlaceholderText(text('caseBook.unnamed'))).toBeTruthy();
  fireEvent.click(screen.getByDisplayValue(text('caseBook.nobody')));
  // A patient whose id reads like the choice is a patient all the same.
  fireEvent.click(screen.getByRole('option', { name: 'Alias -', hidden: true }));
  expect(onWhose).toHaveBeenCalledWith({ id: '-', alias: 'Alias -', isNobody: false });
});

test('and can be nobody’s again after another choice', () => {
  const onWhose = drawn({ ...nobodys, isNobody: false });
  fireEvent.click(screen.getByDisplayValue(text('caseBook.save.newPatient')));
  fireEvent.click(screen.getByRole('option', { name: text('caseBook.nobody'), hidden: true }));
  expect(onWhose).toHaveBeenCalledWith({ id: null, alias: '', isNobody: true });
});
