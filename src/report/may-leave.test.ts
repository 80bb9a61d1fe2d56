import { expect, test } from 'vitest';
import { exportable } from './fixtures/exportable';
import { cleared } from './may-leave';

const noted = exportable({
  notes: {
    square: null,
    squares: [],
    scale: 0.05,
    lines: [],
    marks: ['starred'],
    metadata: { age: 54, sex: 'female', site: 'hand' },
    impression: null,
  },
  fileMetadata: ['age', 'site'],
});

test('what a DICOM file said leaves with no notes, unless it is asked for', () => {
  expect(cleared(noted, false).notes).toEqual({ ...noted.notes, metadata: { sex: 'female' } });
  const marked = { ...noted, notes: noted.notes && { ...noted.notes, fromFile: ['age', 'site'] } };
  expect(JSON.stringify(cleared(marked as typeof noted, false).notes)).not.toMatch(/fromFile|age/);
  expect(cleared(noted, true).notes).toEqual(noted.notes);
});

test('whom a folder or DICOM file says that the photo is of leaves only where it is asked for', () => {
  const origin = {
    ...{ patient: 'Kim J.', day: '2026-03-12', site: 'back' as const, side: 'left' as const },
    ...{ lesion: '2', lesionId: 'l1', fromFile: ['patient' as const] },
  };
  const { notes } = noted;
  if (!notes) throw new Error('no notes');
  const of = exportable({ notes: { ...notes, origin }, fileMetadata: [] });
  expect(cleared(of, true).notes?.origin).toEqual(origin);
  expect(cleared(of, false).notes?.origin).toEqual({
    ...{ patient: null, day: null, site: 'back', side: 'left', lesion: null, lesionId: null },
  });
});

test('the names of the case that it is saved in stay here where they are not wanted', () => {
  const about = { alias: 'K-17', lesion: 'Back', age: 54, sex: null, site: 'back', impression: null };
  const { notes } = noted;
  if (!notes) throw new Error('no notes');
  const names = { patient: 'K-17', day: null, site: null, side: null, lesion: null, lesionId: 'l1' };
  const of = exportable({
    case: { ...about, histology: null, notes: '' },
    notes: { ...notes, origin: names, photoId: 'h1' },
    fileMetadata: [],
  });
  expect(cleared(of, false).case).toMatchObject({ alias: 'K-17', lesion: 'Back' });
  expect(cleared(of, false, false).case).toMatchObject({ alias: null, lesion: null, age: 54 });
  const leaving = cleared(of, true, false);
  expect(JSON.stringify([leaving.case, leaving.notes])).not.toMatch(/K-17|Back|"l1"|"h1"/);
  expect(JSON.stringify(cleared(of, false).notes)).not.toMatch(/"l1"|"h1"/);
});
