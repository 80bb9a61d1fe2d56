import { expect, test } from 'vitest';
import { failure } from '../../../core/failure';
import { doneRun, exampleModels, openPhoto } from './testing/triage-rows';
import { createRows, triageAnswer } from './triage-row';

const nets = exampleModels(['nets']);

test('an answer above the threshold is flagged, with its margin', () => {
  expect(triageAnswer(openPhoto('a', { runs: { nets: doneRun(0.5) } }), nets)).toMatchObject({
    flagged: true,
    older: false,
    margin: expect.closeTo(0.29, 6),
  });
  expect(triageAnswer(openPhoto('a', { runs: { nets: doneRun(0.2) } }), nets)).toMatchObject({
    flagged: false,
    margin: expect.closeTo(-0.01, 6),
  });
});

test('a flag is said of a photo without a result, too', () => {
  const photo = openPhoto('a', { runs: { nets: doneRun(0.5, true) } });
  expect(triageAnswer(photo, nets)).toMatchObject({ flagged: true, noResult: true });
});

test('a photo without an answer is none of all, and says whether it failed', () => {
  expect(triageAnswer(openPhoto('a'), nets)).toMatchObject({
    flagged: false,
    card: nets.cardOf('nets') ? null : 0,
  });
  const failed = openPhoto('a', {
    runs: { nets: { state: 'failed', failure: failure('internal').failure } },
  });
  expect(triageAnswer(failed, nets)).toMatchObject({ failed: true, margin: null });
});

test('the answer of the model before stands, as its own, until the new one has answered', () => {
  const models = exampleModels(['new', 'old'], { previousPackageId: 'old' });
  const waiting = openPhoto('a', { runs: { old: doneRun(0.5) } });
  expect(triageAnswer(waiting, models)).toMatchObject({ older: true, flagged: true, card: { id: 'old' } });
  const running = {
    ...waiting,
    runs: { ...waiting.runs, new: { state: 'running', progress: null } as const },
  };
  expect(triageAnswer(running, models)).toMatchObject({ older: true, card: { id: 'old' } });
  const done = { ...waiting, runs: { ...waiting.runs, new: doneRun(0.1) } };
  expect(triageAnswer(done, models)).toMatchObject({ older: false, flagged: false, card: { id: 'new' } });
  const lost = failure('internal').failure;
  const failed = { ...waiting, runs: { ...waiting.runs, new: { state: 'failed', failure: lost } as const } };
  expect(triageAnswer(failed, models)).toMatchObject({ older: false, flagged: false, failed: true });
});

test('models differ where one flags and another does not, and only models for the same kind of photo count', () => {
  const photo = openPhoto('a', { runs: { nets: doneRun(0.5), other: doneRun(0.1) } });
  const both = exampleModels(['nets', 'other']);
  expect(triageAnswer(photo, both).differs).toBe(true);
  const elsewhere = {
    ...both,
    cardOf: (id: string) => {
      const card = both.cardOf(id);
      return card && id === 'other' ? { ...card, domain: 'acne' as const } : card;
    },
  };
  expect(triageAnswer(photo, elsewhere).differs).toBe(false);
});

test('a row stays the same object until something about it changes, and hides an answer that waits', () => {
  const rowOf = createRows();
  const photo = openPhoto('a', { runs: { nets: doneRun(0.5) } });
  const about = { arrival: 0, patient: null, marks: [], waits: false };
  const row = rowOf(photo, nets, about);
  expect(rowOf(photo, nets, { ...about })).toBe(row);
  expect(rowOf(photo, nets, { ...about, marks: ['starred'] })).toMatchObject({
    flagged: true,
    marks: ['starred'],
  });
  expect(rowOf(photo, nets, { ...about, waits: true })).toMatchObject({
    flagged: false,
    card: null,
    margin: null,
  });
  expect(rowOf(photo, nets, about)).toMatchObject({ flagged: true });
});
