import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import { measureEvaluation } from '../../../core/evaluation/measured';
import type { PlannedImage } from '../../../core/evaluation/plan';
import { finish } from '../../../core/steps';
import { answersTable as answersPieces, type Exported, evaluationJson as jsonPieces } from './export';

const answersTable = (...about: Parameters<typeof answersPieces>) => finish(answersPieces(...about)).join('');
const evaluationJson = (...about: Parameters<typeof jsonPieces>) => finish(jsonPieces(...about)).join('');

const disclaimer = { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' };

const image = (path: string, label: string): PlannedImage => ({
  path,
  size: 1,
  label,
  columns: { age: '45', sex: 'F' },
  group: path,
  mask: null,
});
const images = [image('=nevus.jpg', 'nevus'), image('b.jpg', 'mel'), image('waits.jpg', 'mel')];
const models = [
  {
    packageId: 'tiny',
    classes: ['nv', 'mel'],
    decision: null,
    labels: { nevus: 'nv', mel: 'mel' },
  },
];
const noOutline = { overlap: null, maskFailure: null };
const answers = new Map<string, ImageAnswer>([
  [
    '=nevus.jpg',
    {
      ...noOutline,
      path: '=nevus.jpg',
      answers: { tiny: { ok: true, probabilities: [2 / 3, 1 / 3], milliseconds: 5 } },
    },
  ],
  [
    'b.jpg',
    {
      ...noOutline,
      path: 'b.jpg',
      answers: { tiny: { ok: false, failure: { code: 'file-unsupported', detail: {} } } },
    },
  ],
]);
const exported: Exported = {
  name: 'archive',
  createdAt: '2026-01-02T03:04:05.000Z',
  models,
  provenance: {},
  images,
  answers,
  measured: measureEvaluation({ models, images, answers }, { resamples: 10 }),
};

test('one row an answer, with all digits, the reason if there is none, and the disclaimer', () => {
  const csv = answersTable(exported, disclaimer);
  expect(csv.startsWith('\ufefffile,label,')).toBe(true);
  const { data } = Papa.parse<Record<string, string>>(csv.slice(1), { header: true, skipEmptyLines: true });
  expect(data).toMatchObject([
    // A name that a spreadsheet would run as a formula does not stay one.
    { file: "'=nevus.jpg", truth: 'nv', predicted: 'nv', p_nv: String(2 / 3), sex: 'female', failure: '' },
    { file: 'b.jpg', truth: 'mel', predicted: '', p_nv: '', failure: 'file-unsupported' },
  ]);
  for (const row of data)
    expect(row).toMatchObject({ disclaimer_en: disclaimer.en, disclaimer_ko: disclaimer.ko });
});

test('the JSON holds every figure as it was measured, and every answer', () => {
  const document = JSON.parse(evaluationJson(exported, disclaimer));
  expect(document.measured).toEqual(JSON.parse(JSON.stringify(exported.measured)));
  expect(document.disclaimer).toEqual(disclaimer);
  expect(document.images[0]).toMatchObject({
    path: '=nevus.jpg',
    answers: { tiny: { probabilities: [2 / 3, 1 / 3] } },
  });
  expect(document.images[2]).not.toHaveProperty('answers');
});

test('a flagged image is said to be flagged beside a benign class, with its prediction set', () => {
  const conformal = {
    method: 'class-conditional' as const,
    coverage: 0.9,
    classes: ['nv', 'mel'].map((id) => ({ class: id, quantile: 0.6, count: 60, pooledWith: [] })),
  };
  const flagging = models.map((model) => ({
    ...model,
    conformal,
    decision: { positive: ['mel'], threshold: 0.3 },
  }));
  const csv = answersTable({ ...exported, models: flagging }, disclaimer);
  const { data } = Papa.parse<Record<string, string>>(csv.slice(1), { header: true, skipEmptyLines: true });
  expect(data).toMatchObject([
    { predicted: 'nv', flagged: 'true', set: 'nv' },
    { predicted: '', flagged: '', set: '' },
  ]);
});

test('an image for which the clinic would give no result says so beside its flag', () => {
  const refused = new Map(answers);
  refused.set('=nevus.jpg', {
    ...noOutline,
    path: '=nevus.jpg',
    answers: {
      tiny: { ok: true, probabilities: [2 / 3, 1 / 3], milliseconds: 5, refused: ['distribution'] },
    },
  });
  const rows = (by: Exported['answers']) =>
    Papa.parse<Record<string, string>>(answersTable({ ...exported, answers: by }, disclaimer).slice(1), {
      header: true,
      skipEmptyLines: true,
    }).data.map(({ no_result }) => no_result);
  expect(rows(answers)).toEqual(['false', '']);
  expect(rows(refused)).toEqual(['true', '']);
});

test('of many images the files are those that were written at once, a hundred images a step', () => {
  const many = Array.from({ length: 950 }, (_, index) =>
    image(`photo ${index}.jpg`, index % 2 ? 'mel' : 'nevus'),
  );
  let looks = 0;
  const watched = new (class extends Map<string, ImageAnswer> {
    override get(path: string) {
      looks += 1;
      return super.get(path);
    }
  })(many.map(({ path }) => [path, { ...(answers.get('b.jpg') as ImageAnswer), path }]));
  const all = { ...exported, images: many, answers: watched };
  const { answers: _, images: __, ...rest } = all;
  const document = {
    ...{ format: 'lentigo-evaluation', schema: 1, disclaimer },
    ...rest,
    images: many.map((each) => ({ ...each, ...watched.get(each.path) })),
  };
  expect(evaluationJson(all, disclaimer)).toBe(`${JSON.stringify(document, null, 1)}\n`);
  expect(answersTable(all, disclaimer).split('\r\n')).toHaveLength(1 + 950 + 1);
  for (const make of [answersPieces, jsonPieces]) {
    let most = 0;
    looks = 0;
    for (const steps = make(all, disclaimer); !steps.next().done; looks = 0) most = Math.max(most, looks);
    expect(most).toBe(100);
  }
});
