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
