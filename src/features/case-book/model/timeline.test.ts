import { expect, test } from 'vitest';
import { entry, lesion, photo } from '../../../records/fixtures/records';
import { casesOf } from './search';
import { packagesOf, timelineOf } from './timeline';

const form = (pixels: number, area: number) => ({
  measurements: [],
  diameter: { pixels, millimetres: null, key: 'morphology.diameter.no-scale' as const },
  colours: {
    shares: { white: 0, red: 0, 'light-brown': 0, 'dark-brown': 1, 'blue-grey': 0, black: 0 },
    present: [],
  },
  cutOff: false,
  area,
});

test('a lesion over time: by the newest answer for each photo, in millimetres where the photo has a scale', () => {
  const measured = entry('e1', 'h1', 'l1');
  const search = measured.analysis.lesion;
  if (!search) throw new Error('The example has a search for lesions.');
  const withForm = (id: string, photoId: string, createdAt: string, pixels: number) => ({
    ...entry(id, photoId, 'l1'),
    analysis: {
      ...measured.analysis,
      createdAt,
      lesion: { ...search, morphology: form(pixels, 1000) as unknown as typeof search.morphology },
    },
  });
  const [lesionCase] = casesOf({
    patients: [],
    lesions: [lesion('l1')],
    photos: [
      photo('h2', ['l1'], { takenAt: '2025-06-01T00:00:00.000Z', scale: null }),
      photo('h1', ['l1'], { takenAt: '2025-01-01T00:00:00.000Z', scale: 0.05 }),
    ],
    entries: [
      withForm('old', 'h1', '2025-01-01T00:00:00.000Z', 80),
      withForm('new', 'h1', '2025-01-02T00:00:00.000Z', 100),
      withForm('late', 'h2', '2025-06-01T00:00:00.000Z', 120),
    ],
  });
  if (!lesionCase) throw new Error('There is one case.');
  const timeline = timelineOf(lesionCase, 'tiny-classifier');
  expect(timeline.map(({ entryId }) => entryId)).toEqual(['new', 'late']);
  expect(timeline[0]?.diameter).toBeCloseTo(5);
  expect(timeline[0]?.area).toBeCloseTo(2.5);
  expect(timeline[1]).toMatchObject({ diameter: null, area: null, pixels: { diameter: 120, area: 1000 } });
  expect(timelineOf(lesionCase, 'another')).toEqual([]);
  expect(packagesOf(lesionCase)).toEqual(['tiny-classifier']);
});
