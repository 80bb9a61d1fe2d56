import { expect, test } from 'vitest';
import { lesion, patient, photo } from '../../../records/fixtures/records';
import { reportCase } from './report-case';

const of = (alias: string | null, label: string) =>
  reportCase(
    {
      lesion: lesion('l', { label }),
      patient: alias === null ? null : patient('p', { alias }),
      photos: [],
      entries: [],
    },
    photo('h', ['l']),
    (name) => name,
  );

test('a report has the names of patient and lesion', () => {
  expect(of('K-17', 'Left hand')).toMatchObject({ alias: 'K-17', lesion: 'Left hand', age: 45 });
});

test.each([
  ['a patient without a name', '', ''],
  ['a name of nothing but spaces', ' ', ' '],
  ['no patient', null, ''],
])('%s leaves without any, in no language', (_what, alias, label) => {
  expect(of(alias, label)).toMatchObject({ alias: null, lesion: null });
});
