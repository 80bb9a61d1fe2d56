import { expect, test } from 'vitest';
import { entry, lesion, photo } from '../../../records/fixtures/records';
import { casesOf } from './search';
import { visitsOf } from './visits';

const localDay = (time: Date) => time.toISOString().slice(0, 10);
const at = (day: string, hour = '10') => `${day}T${hour}:00:00.000Z`;
const visits = visitsOf(
  casesOf({
    patients: [],
    lesions: [
      lesion('a', {
        impressions: [{ photoId: 'a1', label: 'nv', recordedAt: at('2026-01-05'), beforeAnswer: true }],
        histology: { label: 'mel', recordedAt: at('2026-01-20'), notes: '' },
      }),
      lesion('b', { histology: { label: 'nv', recordedAt: at('2025-06-01'), notes: '' } }),
    ],
    photos: [
      photo('a1', ['a'], { takenAt: at('2026-01-05') }),
      photo('a2', ['a'], { takenAt: at('2026-01-05', '11') }),
      photo('a3', ['a'], { takenAt: at('2026-02-01') }),
      photo('b1', ['b'], { takenAt: at('2026-01-05') }),
    ],
    entries: [entry('e1', 'a1', 'a'), entry('e2', 'b1', 'b')],
  }),
  localDay,
);

test('a visit is a day with photos, over all lesions, the newest first', () => {
  expect(visits.map(({ day, seen }) => [day, seen.map(({ lesion }) => lesion.id)])).toEqual([
    ['2026-02-01', ['a']],
    ['2026-01-05', ['a', 'b']],
  ]);
  expect(visits[1]?.seen[0]?.photos.map(({ id }) => id)).toEqual(['a2', 'a1']);
});

test('what was noted stands with the photos that it was noted on', () => {
  const [later, first] = visits;
  expect(first?.seen[0]?.impressions.map(({ label }) => label)).toEqual(['nv']);
  expect(first?.seen[0]?.answer).not.toBeNull();
  expect(later?.seen[0]?.impressions).toEqual([]);
  expect(later?.seen[0]?.answer).toBeNull();
});

test('histology stands with the last visit before it came in', () => {
  const [later, first] = visits;
  expect(first?.seen[0]?.histology?.label).toBe('mel');
  expect(later?.seen[0]?.histology).toBeNull();
  // Noted before there was any photo.
  expect(first?.seen[1]?.histology?.label).toBe('nv');
});

test('a visit shows the flag of the package that flagged, whichever was done last', () => {
  const by = (packageId: string, above: boolean, createdAt: string) => {
    const { analysis } = entry(packageId, 'a1', 'a');
    const decision = {
      positive: ['mel'],
      probability: above ? 0.3 : 0.1,
      threshold: 0.21,
      above,
      wanted: null,
    };
    const provenance = { ...analysis.provenance, packageId };
    return entry(packageId, 'a1', 'a', { analysis: { ...analysis, createdAt, decision, provenance } });
  };
  const [visit] = visitsOf(
    casesOf({
      patients: [],
      lesions: [lesion('a')],
      photos: [photo('a1', ['a'], { takenAt: at('2026-01-05') })],
      entries: [by('panel', true, at('2026-01-05', '11')), by('compared', false, at('2026-01-05', '12'))],
    }),
    localDay,
  );
  expect(visit?.seen[0]?.answer?.analysis.provenance.packageId).toBe('panel');
});
