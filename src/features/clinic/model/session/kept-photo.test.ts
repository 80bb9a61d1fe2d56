import { expect, test } from 'vitest';
import { createPatientContext } from '../patient-context';
import { openPhoto } from '../testing/triage-rows';
import { keptPhotoOf, sameKept } from './kept-photo';

test('a star on a photo of a session that kept no marks yet is a change, and is written', () => {
  const notes = createPatientContext().store.getState();
  const photo = openPhoto('arm.jpg');
  const { marks: _marks, origin: _origin, saved: _saved, ...before } = keptPhotoOf(photo, notes, {});
  const now = keptPhotoOf(photo, notes, { 'arm.jpg': ['starred'] });
  expect(sameKept(before, now)).toBe(false);
  expect(sameKept(now, keptPhotoOf(photo, notes, { 'arm.jpg': now.marks ?? [] }))).toBe(true);
});
