import { expect, test } from 'vitest';
import { exampleAnalysis } from '../../../core/fixtures/analysis';
import { entry, lesion, patient, photo } from '../../../records/fixtures/records';
import { type Records, splitAnalysis } from '../../../records/record';
import { casesOf, everything, type Query, searchCases, tagsInUse } from './search';

const answer = (probability: number, createdAt: string, packageId = 'tiny-classifier') => {
  const base = exampleAnalysis();
  return splitAnalysis('e', {
    ...base,
    createdAt,
    provenance: { ...base.provenance, packageId },
    decision: { positive: ['mel'], probability, threshold: 0.21, above: probability >= 0.21, wanted: null },
  }).analysis;
};
const day = (number: number) => `2025-01-0${number}T00:00:00.000Z`;

const records: Records = {
  patients: [
    patient('p1', { alias: 'Patient 10' }),
    patient('p2', { alias: 'Patient 9', notes: '가족력 있음' }),
  ],
  lesions: [
    lesion('a', { patientId: 'p1', label: 'Nævus café', tags: ['urgent', 'left'], notes: 'near the elbow' }),
    lesion('b', { patientId: 'p2', label: 'Back', tags: ['left'] }),
    lesion('c', { label: 'Loose', histology: { label: 'mel', recordedAt: day(1), notes: 'Breslow' } }),
  ],
  photos: [
    photo('h1', ['a'], { takenAt: day(1) }),
    photo('h2', ['a', 'b'], { takenAt: day(3), name: 'IMG_0042.jpg' }),
    photo('h3', ['c'], { takenAt: day(2) }),
  ],
  entries: [
    entry('e1', 'h1', 'a', { analysis: answer(0.9, day(1)) }),
    entry('e2', 'h2', 'a', { analysis: answer(0.1, day(3)) }),
    entry('e3', 'h2', 'b', { analysis: answer(0.5, day(3), 'other') }),
  ],
};
const cases = casesOf(records);
const found = (query: Partial<Query>) =>
  searchCases(cases, { ...everything, ...query }).map(({ lesion: { id } }) => id);

test('a case has its patient, and its photos and entries newest first', () => {
  const [first, , loose] = cases;
  expect(first?.patient?.alias).toBe('Patient 10');
  expect(first?.photos.map(({ id }) => id)).toEqual(['h2', 'h1']);
  expect(first?.entries.map(({ id }) => id)).toEqual(['e2', 'e1']);
  expect(loose?.patient).toBeNull();
});

test.each([
  ['', ['a', 'b', 'c']],
  ['cafe', ['a']],
  ['CAFÉ', ['a']],
  ['patient elbow', ['a']],
  ['patient nowhere', []],
  ['가족력', ['b']],
  // The same word as Korean keyboards of some systems give it: in single letters.
  ['가족력'.normalize('NFD'), ['b']],
  ['img_0042', ['a', 'b']],
  ['breslow', ['c']],
  ['urgent', ['a']],
])('the words "%s" are in %j', (text, ids) => {
  expect(found({ text }).sort()).toEqual(ids);
});

test('filters', () => {
  expect(found({ tags: ['left'] }).sort()).toEqual(['a', 'b']);
  expect(found({ tags: ['left', 'urgent'] })).toEqual(['a']);
  // The newest answer counts: the older one of "a" was above.
  expect(found({ above: true })).toEqual(['b']);
  expect(found({ above: false })).toEqual(['a']);
  expect(found({ histology: true })).toEqual(['c']);
  expect(found({ histology: false }).sort()).toEqual(['a', 'b']);
  expect(found({ packageId: 'other' })).toEqual(['b']);
});

test.each<[Query['sort'], string[]]>([
  ['newest', ['a', 'b', 'c']],
  ['oldest', ['c', 'a', 'b']],
  ['probability', ['b', 'a', 'c']],
  // 9 before 10, and what has no patient last.
  ['patient', ['b', 'a', 'c']],
  ['label', ['b', 'c', 'a']],
])('sorted by %s', (sort, ids) => {
  expect(found({ sort })).toEqual(ids);
});

test('tags with how often they are used', () => {
  expect(tagsInUse(cases)).toEqual([
    { tag: 'left', count: 2 },
    { tag: 'urgent', count: 1 },
  ]);
});
