import { expect, test } from 'vitest';
import { lesion } from '../../../records/fixtures/records';
import { numberedCases } from './patient';
import { casesOf } from './search';

const numbered = (lesions: ReturnType<typeof lesion>[]) =>
  numberedCases(casesOf({ patients: [], lesions, photos: [], entries: [] }), 'p');

test('lesions are numbered as they came, and a later one moves no number', () => {
  const [a, b, c] = ['2025-02-01', '2025-01-01', '2025-03-01'].map((day, index) =>
    lesion('abc'[index] ?? '', { patientId: 'p', createdAt: `${day}T00:00:00.000Z` }),
  );
  if (!a || !b || !c) throw new Error('no lesions');
  const numbers = (lesions: ReturnType<typeof lesion>[]) =>
    numbered(lesions).map(({ number, lesionCase }) => [number, lesionCase.lesion.id]);
  expect(numbers([a, b])).toEqual([
    [1, 'b'],
    [2, 'a'],
  ]);
  expect(numbers([c, a, b])).toEqual([
    [1, 'b'],
    [2, 'a'],
    [3, 'c'],
  ]);
  expect(numbers([lesion('other', { patientId: 'q' })])).toEqual([]);
});

test('pins of one place stand beside each other', () => {
  const pins = numbered(['a', 'b', 'c'].map((id) => lesion(id, { patientId: 'p', site: 'back' })));
  expect(new Set(pins.map(({ pin }) => pin?.x)).size).toBe(3);
  expect(new Set(pins.map(({ pin }) => pin?.y)).size).toBe(1);
});
