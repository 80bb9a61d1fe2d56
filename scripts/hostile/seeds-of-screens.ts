import { siteCalibrationText } from '../../src/core/decision/site-calibration';
import type { ImageAnswer } from '../../src/core/evaluation/answer';
import { measureEvaluation } from '../../src/core/evaluation/measured';
import { resultsText, sharedModel } from '../../src/core/evaluation/results-file';
import type { JudgedModel } from '../../src/core/evaluation/sample';
import { type Result, success } from '../../src/core/failure';
import { exampleAnalysis, exampleCard, exampleSiteCalibration } from '../../src/core/fixtures/analysis';
import { sha256 } from '../../src/core/sha256';
import { finish } from '../../src/core/steps';
import { exampleLook } from '../../src/core/takeaway/fixtures/look';
import { writeTakeaway } from '../../src/core/takeaway/takeaway';
import { writeSessionFile } from '../../src/features/clinic/model/session/session-file';
import { partText } from '../../src/features/evaluate/model/part-file';
import { newRun } from '../../src/features/evaluate/model/run';
import { writeSet } from '../../src/features/quiz/model/set-file';
import { greyPhoto } from '../../src/features/quiz/model/testing/photos';

/** Sound files of single screens: of the clinic, the quiz, the evaluation and the kiosk. */

const disclaimer = { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' };
const time = '2026-01-02T03:04:05.000Z';

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
};

/** A photo of the queue with nothing drawn and nothing known. */
export const barePhoto = (id: string, name: string, bytes: number) => ({
  ...{ id, name, bytes, source: 'file' as const, synthetic: false, dicom: null },
  ...{ square: null, squares: [], mask: null, outlines: [], lesionsSaid: [], lines: [] },
  ...{ scale: null, overruled: false },
});

/** One photo with all that can be drawn, noted and answered, and one with nothing. */
export async function session(): Promise<Blob> {
  const square = { left: 0, top: 0, side: 4 };
  const mask = { of: square, raster: { width: 2, height: 2, data: Uint8Array.of(0, 1, 1, 0) }, edits: [] };
  const plain = barePhoto('a', 'arm.png', 5);
  const nothing = { metadata: null, impression: null, passed: false };
  const picture = async () => success({ bytes: greyPhoto(20), type: 'image/png' });
  const answers = { analyses: [exampleAnalysis()], lesions: [] };
  const written = await writeSessionFile(
    { appVersion: '0.2.0', savedAt: time, disclaimer, selected: 0, packageId: 'tiny-classifier' },
    [
      {
        photo: { ...plain, square, squares: [square], mask, outlines: [mask], scale: 0.1 },
        notes: {
          metadata: { values: { age: 61 }, fromFile: [] },
          impression: { label: 'nv', recordedAt: time, beforeAnswer: true },
          passed: true,
        },
        ...{ marks: ['starred'], answers, picture },
      },
      { photo: plain, notes: nothing, marks: [], picture },
    ],
  );
  return must(written);
}

export async function teachingSet(): Promise<Blob> {
  const bytes = greyPhoto(10);
  const entry = {
    ...{ photo: await sha256(bytes), name: null, title: { en: 'A mole', ko: '점' }, credit: 'Own photo' },
    ...{ synthetic: true, diagnosis: 'nv' as const, structures: ['streaks' as const] },
  };
  const about = { id: 'set-1', title: 'Day one', author: 'A. Lecturer', licence: 'CC BY 4.0', version: '2' };
  const photoOf = async () => ({ type: 'image/png', bytes: bytes.buffer });
  const set = { ...about, changedAt: time, cases: [entry] };
  return must(await writeSet(set, photoOf, { appVersion: '0.2.0', disclaimer }));
}

export const caseList = (): string =>
  JSON.stringify({
    samples: [
      { file: 'a.jpg', title: { en: 'A', ko: '가' }, diagnosis: 'mel', structures: ['streaks'] },
      { file: 'b.jpg', credit: 'B', synthetic: true },
    ],
  });

const judged: JudgedModel = {
  ...{ packageId: 'tiny', classes: ['nv', 'mel'], decision: { positive: ['mel'], threshold: 0.4 } },
  labels: { nv: 'nv', mel: 'mel' },
};
const images = Array.from({ length: 12 }, (_, index) => ({
  ...{
    path: `photo${index}.jpg`,
    size: 1,
    label: index % 3 === 0 ? 'mel' : 'nv',
    columns: { sex: 'female' },
  },
  ...{ group: `g${index}`, mask: null },
}));
const answered = images.map(({ path }, index): ImageAnswer => {
  const said = { ok: true as const, probabilities: [1 - index / 12, index / 12], milliseconds: 5 };
  return { path, answers: { tiny: said }, overlap: null, maskFailure: null };
});

export function results(): string {
  const answers = new Map(answered.map((answer) => [answer.path, answer]));
  const measured = measureEvaluation({ models: [judged], images, answers }, { resamples: 10 });
  const about = { card: exampleCard, provenance: null };
  const models = measured.models.flatMap((each) => sharedModel(each, about) ?? []);
  return resultsText({ disclaimer, name: 'Ward 3', createdAt: time, models });
}

export function part(): string {
  const shard = { shard: { index: 1, count: 2 }, total: 24, fingerprint: 'a'.repeat(64) };
  const run = newRun({ name: 'archive', models: [judged], images, outlines: false, part: shard });
  // The same bytes at each run.
  const same = { ...run, id: '6f1a2b3c-1111-4222-8333-444455556666', createdAt: time, done: 12 };
  const answers = new Map(answered.map((each) => [each.path, each]));
  return finish(partText({ run: same, answers }, disclaimer)).join('');
}

export const siteCalibration = (): string =>
  siteCalibrationText(exampleSiteCalibration('tiny-classifier', 'a'.repeat(64)));

export const takeaway = (): string =>
  writeTakeaway({
    day: '2026-11-29',
    looks: [exampleLook, { kind: 'camera', model: exampleLook.model }],
    round: { you: 4, machine: 5, of: 6, drawn: true },
  });
