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
