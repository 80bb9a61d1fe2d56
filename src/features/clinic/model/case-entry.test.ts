import { expect, test } from 'vitest';
import { exampleCard } from '../../../core/fixtures/analysis';
import { caseEntryOf, picturesOf, savable } from './case-entry';
import { createPatientContext } from './patient-context';
import { openWorkbench } from './testing/open-workbench';
import { doneRun, openPhoto } from './testing/triage-rows';
import { newWorkbenchPhoto } from './workbench-photo';

const runs = { nets: doneRun(0.5) };
const context = createPatientContext().store.getState();

test('a photo of an earlier session cannot be saved before its picture is open, though its answer is here', async () => {
  const page = openWorkbench();
  const photo = newWorkbenchPhoto('resumed', { file: new Blob(), name: 'arm.jpg', source: 'file' });
  const [analysis] = Object.values(runs).flatMap((run) => (run.state === 'done' ? [run.analysis] : []));
  if (!analysis) throw new Error('no answer');
  const answers = { analyses: [analysis], lesions: [] };
  page.workbench.restore([{ photo, file: new Blob(['arm']), answers }], null);
  const queue = () => page.workbench.store.getState().photos;
  expect(queue()[0]?.runs).not.toEqual({});
  expect(savable(queue(), context, {})).toEqual([]);
  await expect.poll(() => savable(queue(), context, {}).map(({ id }) => id)).toEqual(['resumed']);
  const pictures = picturesOf(['resumed'], queue(), page.workbench.imageOf);
  expect(pictures.ok && pictures.value('resumed').image.size).toBe(3);
});

test('without one of the pictures nothing is saved, and it says so', () => {
  const photos = [openPhoto('a.jpg', { runs }), openPhoto('b.jpg', { runs })];
  const image = new Blob(['a']);
  const only = (id: string) => (id === 'a.jpg' ? image : null);
  expect(picturesOf(['a.jpg', 'b.jpg'], photos, only)).toMatchObject({
    failure: { code: 'file-unreadable' },
  });
  expect(picturesOf(['c.jpg'], photos, () => image)).toMatchObject({ failure: { code: 'file-unreadable' } });
});

test('a flag at the sensitivity that was asked for is in the case, with what was asked for', () => {
  const decision = {
    ...exampleCard.decision,
    curve: [{ threshold: 0.05, sensitivity: 0.98, specificity: 0.4 }],
  };
  const card = { ...exampleCard, decision } as typeof exampleCard;
  const photo = openPhoto('arm.jpg', { runs: { [card.id]: doneRun(0.1) } });
  const kept = (sensitivity: number | null) =>
    caseEntryOf(photo, new Blob(), context, { takenAt: '', cardOf: () => card, sensitivity }).analyses[0]
      ?.decision;
  expect(kept(0.98)).toEqual({
    ...{ positive: ['mel'], probability: 0.1, threshold: 0.05 },
    ...{ above: true, wanted: 0.98 },
  });
  expect(kept(null)).toMatchObject({ threshold: 0.21, above: false, wanted: null });
});
