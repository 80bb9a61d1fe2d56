import { expect, test } from 'vitest';
import { lesion, patient, photo } from '../../../records/fixtures/records';
import type { Records } from '../../../records/record';
import { dueOf } from './due';
import { casesOf } from './search';

const localDay = (time: Date) => time.toISOString().slice(0, 10);
const today = '2026-03-10';
const dueIn = (changes: Partial<Records>) => {
  const records: Records = { patients: [], lesions: [], photos: [], entries: [], ...changes };
  return dueOf(casesOf(records), records.patients, today, localDay);
};

test('who waits longest is first, and how long is said in days', () => {
  const due = dueIn({
    patients: [
      patient('soon', { nextVisit: '2026-03-12' }),
      patient('late', { nextVisit: '2026-02-28' }),
      patient('now', { nextVisit: today }),
      patient('none'),
    ],
  });
  expect(due.map(({ patient, inDays }) => [patient?.id, inDays])).toEqual([
    ['late', -10],
    ['now', 0],
    ['soon', 2],
  ]);
});

test('a date is met by a photo of that day or later: of any lesion, or of the lesion that it is for', () => {
  const records = (takenAt: string) => ({
    patients: [patient('p', { nextVisit: '2026-03-01' })],
    lesions: [
      lesion('a', { patientId: 'p', nextVisit: '2026-03-01' }),
      lesion('b', { patientId: 'p', nextVisit: '2026-03-01' }),
    ],
    photos: [photo('h', ['a'], { takenAt })],
  });
  const names = (takenAt: string) => dueIn(records(takenAt)).map(({ lesion }) => lesion?.id ?? 'patient');
  expect(names('2026-02-27T10:00:00.000Z')).toEqual(['patient', 'a', 'b']);
  expect(names('2026-03-01T10:00:00.000Z')).toEqual(['b']);
  expect(names('2026-03-05T10:00:00.000Z')).toEqual(['b']);
});

test('a lesion of nobody can be due', () => {
  expect(dueIn({ lesions: [lesion('l', { nextVisit: '2026-03-11' })] })).toMatchObject([
    { patient: null, lesion: { id: 'l' }, inDays: 1 },
  ]);
});
