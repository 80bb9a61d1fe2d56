import { expect, test } from 'vitest';
import { exampleAnalysis, exampleCard } from '../core/fixtures/analysis';
import { cleared, type Exportable } from './may-leave';

const noted: Exportable = {
  photoName: 'arm.jpg',
  image: async () => null,
  analysis: exampleAnalysis(),
  card: exampleCard,
  scale: null,
  case: null,
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
};

test('what a DICOM file said leaves with no notes, unless it is asked for', () => {
  expect(cleared(noted, false).notes).toEqual({ ...noted.notes, metadata: { sex: 'female' } });
  expect(cleared(noted, true).notes).toEqual(noted.notes);
});
