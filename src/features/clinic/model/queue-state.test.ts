import { expect, it } from 'vitest';
import { exampleAnalysis } from '../../../core/fixtures/analysis';
import type { Run } from '../../../runtime/run';
import { progressOf, queueStateOf } from './queue-state';
import { newWorkbenchPhoto, type WorkbenchPhoto } from './workbench-photo';

const photo = (changes: Partial<WorkbenchPhoto>): WorkbenchPhoto => ({
  ...newWorkbenchPhoto('1', { file: new Blob(['a']), name: 'a.jpg', source: 'file' }),
  url: 'blob:1',
  ...changes,
});
const withRun = (run: Run) => photo({ runs: { nets: run } });
const unopened = { code: 'dicom-unsupported', detail: {} } as const;

it('says where each photo stands, a file that could not be opened first', () => {
  const photos = [
    photo({ url: null }),
    photo({ url: null, unopened }),
    photo({}),
    withRun({ state: 'running', progress: null }),
    withRun({ state: 'running', progress: { stage: 'network', fraction: 0.5 } }),
    withRun({ state: 'done', analysis: exampleAnalysis() }),
    withRun({ state: 'failed', failure: { code: 'cancelled', detail: {} } }),
    withRun({ state: 'failed', failure: { code: 'photo-blur', detail: {} } }),
  ];
  expect(photos.map((photo) => queueStateOf(photo, 'nets').state)).toEqual([
    'opening',
    'failed',
    'waiting',
    'waiting',
    'running',
    'done',
    'cancelled',
    'failed',
  ]);
  expect(progressOf(photos, 'nets')).toEqual({ done: 1, failed: 2, running: 4 });
});
