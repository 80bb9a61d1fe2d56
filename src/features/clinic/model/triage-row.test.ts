import { expect, test } from 'vitest';
import { failure } from '../../../core/failure';
import { exampleAnalysis, exampleSiteCalibration } from '../../../core/fixtures/analysis';
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

test('an answer stays flagged where its renewal was cancelled or failed', () => {
  const previous = exampleAnalysis();
  const ended = (code: 'cancelled' | 'internal') =>
    openPhoto('a', { runs: { nets: { state: 'failed', failure: failure(code).failure, previous } } });
  expect(triageAnswer(ended('cancelled'), nets)).toMatchObject({ flagged: true, failed: false });
  expect(triageAnswer(ended('internal'), nets)).toMatchObject({ flagged: true, failed: true });
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

test("a flag of another lesion that was said at another time is the photo's, as an answer of now would be", () => {
  const square = { left: 300, top: 0, side: 100 };
  const flag = { flagged: true, probability: 0.6, threshold: 0.21 };
  const lesion = {
    number: 2,
    of: 2,
    square,
    noResult: false,
    flag,
    classes: ['mel'],
    listed: 'one' as const,
  };
  const photo = openPhoto('a', {
    runs: { nets: doneRun(0.1) },
    squares: [{ left: 0, top: 0, side: 100 }, square],
    lesionsSaid: [{ packageId: 'nets', lesion }],
  });
  expect(triageAnswer(photo, nets)).toMatchObject({
    flagged: true,
    noResult: false,
    margin: expect.closeTo(0.39, 6),
  });
});

test('an answer by a calibration of this site says so, and only that one', () => {
  const site = exampleSiteCalibration('nets', 'a'.repeat(64));
  const run = doneRun(0.5);
  const judged =
    run.state === 'done' ? { ...run, analysis: { ...run.analysis, siteCalibration: site } } : run;
  expect(triageAnswer(openPhoto('a', { runs: { nets: judged } }), nets).site).toEqual(site);
  expect(triageAnswer(openPhoto('b', { runs: { nets: run } }), nets).site).toBeNull();
});
