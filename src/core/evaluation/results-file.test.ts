import { expect, test } from 'vitest';
import { exampleCard } from '../fixtures/analysis';
import { seededRandom } from '../metrics/random';
import { finish } from '../steps';
import type { ImageAnswer } from './answer';
import { fillingGalleries } from './gallery';
import { measureEvaluation } from './measured';
import { parseResults, resultsText, sharedModel } from './results-file';
import type { JudgedModel } from './sample';
import { sampleOf } from './sample';

const disclaimer = { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' };
const random = seededRandom(2);
const images = Array.from({ length: 80 }, (_, index) => ({
  path: `KIM_Minsu/photo${index}.jpg`,
  size: 1,
  label: index % 3 === 0 ? 'mel' : 'nv',
  columns: {
    patient_id: 'KIM Minsu',
    age: String(30 + index / 2),
    sex: index % 2 ? 'female' : 'Kim',
    site: index < 40 ? 'trunk' : 'ward of Dr Lee',
  },
  group: `g${index}`,
  mask: null,
}));
const model = (packageId: string): JudgedModel => ({
  packageId,
  classes: ['nv', 'mel'],
  decision: { positive: ['mel'], threshold: 0.4 },
  conformal: {
    method: 'marginal',
    coverage: 0.9,
    classes: ['nv', 'mel'].map((id) => ({ class: id, quantile: 0.7, count: null, pooledWith: [] })),
  },
  labels: { nv: 'nv', mel: 'mel' },
});
const models = [model('tiny'), model('other')];
const answers = new Map(
  images.map(({ path, label }): [string, ImageAnswer] => {
    const probabilitiesOf = () => {
      const mel = 0.8 * random() + (label === 'mel' ? 0.2 : 0);
      return [1 - mel, mel];
    };
    const given = (probabilities: number[]) => ({
      ok: true as const,
      probabilities,
      milliseconds: 5,
      ...(path.endsWith('7.jpg') ? { refused: ['blur' as const] } : {}),
    });
    return [
      path,
      {
        path,
        answers: { tiny: given(probabilitiesOf()), other: given(probabilitiesOf()) },
        overlap: null,
        maskFailure: null,
      },
    ];
  }),
);
const measured = measureEvaluation({ models, images, answers }, { resamples: 30 });
const about = {
  card: exampleCard,
  provenance: { packageVersion: '1.0.0', packageHash: 'a'.repeat(64), backend: 'wasm', adapter: 'WASM' },
} as const;
const shared = measured.models.map((each) => sharedModel(each, about)).filter((each) => each !== null);
const text = resultsText({
  disclaimer,
  name: 'Ward 3',
  createdAt: '2026-01-02T03:04:05.000Z',
  models: shared,
});

test('what was saved is what is opened: figures, intervals, curves with bands, counts', () => {
  const opened = parseResults(text);
  expect(opened.ok && opened.value.models).toEqual(shared);
  const [first] = shared;
  expect(first?.metrics.auc).toEqual(measured.models[0]?.figures?.metrics.auc);
  expect(first?.curves.map(({ positive }) => positive)).toEqual([['nv'], ['mel']]);
  expect(first?.curves[1]?.roc.band).toHaveLength(51);
  expect(first?.sets?.perClass.mel?.value).toBeGreaterThan(0);
  expect(first?.classReliability).toHaveLength(2);
  expect(first?.atThreshold[0]?.sensitivity.count).toBe(27);
});

test('nothing in it names a photo, a folder or a person, and it is small', () => {
  for (const word of ['photo', 'KIM', 'Minsu', 'Kim', 'kim', 'Lee', 'lee']) expect(text).not.toContain(word);
  // The words that Lentigo knows stay.
  expect(text).toContain('upper-body');
  expect(text.length).toBeLessThan(60_000);
});

test.each([
  ['{', 'not JSON'],
  ['{}', 'format'],
  [text.replace('"schema":1', '"schema":2'), 'schema'],
  [text.replace('"positives":27', '"positives":-1'), 'models.0.curves'],
])('a file that is none is refused with its first wrong field', (content, field) => {
  const opened = parseResults(content);
  expect(opened).toMatchObject({ ok: false, failure: { code: 'results-invalid' } });
  expect(!opened.ok && opened.failure.detail.problem).toContain(field);
});

test('the gallery: wrong answers by what they gave the truth, disagreements, photos without a result', () => {
  const [first, second] = models as [JudgedModel, JudgedModel];
  const judged = sampleOf(first, images, answers);
  const { errors, disagreements, refused } = finish(
    fillingGalleries(first, [second], judged, images, answers),
  );
  const given = errors.map(({ truth, probabilities }) => probabilities[truth] as number);
  expect(given.every((value) => value <= 0.5)).toBe(true);
  expect(given).toEqual([...given].sort((a, b) => a - b));
  const wrong = measured.models[0]?.figures?.confusion.matrix.flat() ?? [];
  expect(errors).toHaveLength((wrong[1] ?? 0) + (wrong[2] ?? 0));

  // A wrong answer that was flagged is not the error that an unflagged one is.
  const { positive = [], threshold = Number.NaN } = first.decision ?? {};
  for (const { flagged, probabilities } of errors) {
    const sum = positive.reduce((all, id) => all + (probabilities[first.classes.indexOf(id)] ?? 0), 0);
    expect(flagged).toBe(sum >= threshold);
  }

  const { onlyFirst = 0, onlySecond = 0 } = measured.comparisons[0]?.mcnemar ?? {};
  // With two classes, who disagrees is right alone.
  expect(disagreements).toHaveLength(onlyFirst + onlySecond);
  for (const { predicted, others } of disagreements)
    expect(others.map((other) => other.predicted)).not.toContain(first.classes[predicted]);

  expect(refused.map(({ image, reasons }) => [image.path.at(-5), reasons])).toEqual(
    Array(8).fill(['7', ['blur']]),
  );
});
