import { expect, test } from 'vitest';
import { draws } from './bootstrap';
import { measureClassifier } from './classifier';
import { mcnemar } from './compare';
import { accuracy, confusion, rowRates } from './confusion';
import { confusionAt, predictiveValues } from './confusion-at';
import { areaUnderCurve, rocCurve, thinned } from './curves';
import { dice, overlap } from './overlap';
import { ageBand, measureSubgroups } from './subgroups';

test('area under the curve: equal scores count half, one-sided truth has none', () => {
  expect(areaUnderCurve([0.5, 0.5, 0.5, 0.5], [true, false, true, false])).toBe(0.5);
  expect(areaUnderCurve([0.1, 0.9], [false, true])).toBe(1);
  expect(areaUnderCurve([0.1, 0.9], [true, false])).toBe(0);
  expect(areaUnderCurve([0.1, 0.9], [true, true])).toBeNull();
});

test('a label that is no class is refused', () => {
  expect(() => confusion(['nv', 'mel'], ['nv', 'scc'], ['nv', 'nv'])).toThrow(RangeError);
});

test('rates of a class without images are 0, not NaN', () => {
  expect(
    rowRates({
      matrix: [
        [3, 1],
        [0, 0],
      ],
    }),
  ).toEqual([
    [0.75, 0.25],
    [0, 0],
  ]);
});

test('photos of one lesion are drawn together, and as many lesions as there are', () => {
  const groups = ['a', 'a', 'b', 'c', 'c', 'c'];
  for (const weights of draws(groups, 200, 7)) {
    expect(weights[0]).toBe(weights[1]);
    expect(new Set(weights.slice(3)).size).toBe(1);
    expect((weights[0] ?? 0) + (weights[2] ?? 0) + (weights[3] ?? 0)).toBe(3);
  }
});

test('wider intervals where photos belong together than where each stands for itself', () => {
  const truth = Array.from({ length: 60 }, (_, index) => index % 2);
  // Lesions of six photos, answered all right or all wrong.
  const lesion = (index: number) => Math.floor(index / 6);
  const probabilities = truth.map((label, index) => {
    const right = lesion(index) % 3 !== 0;
    return (label === 0) === right ? [0.9, 0.1] : [0.1, 0.9];
  });
  const sample = { classes: ['nv', 'mel'], truth, probabilities, decision: null };
  const width = (groups: string[]) => {
    const { accuracy } = measureClassifier({ ...sample, groups }, { resamples: 400 }).metrics;
    return (accuracy?.high ?? 0) - (accuracy?.low ?? 0);
  };
  expect(width(truth.map((_, index) => `lesion ${lesion(index)}`))).toBeGreaterThan(
    1.5 * width(truth.map((_, index) => `image ${index}`)),
  );
});

test('a figure without meaning is null, and the rest stands', () => {
  const measured = measureClassifier(
    {
      classes: ['nv', 'mel', 'bkl'],
      truth: [0, 0, 1],
      probabilities: [
        [0.8, 0.1, 0.1],
        [0.2, 0.7, 0.1],
        [0.1, 0.8, 0.1],
      ],
      groups: ['a', 'b', 'c'],
      decision: { classes: [1], threshold: 0.5 },
    },
    { resamples: 50 },
  );
  expect(measured.perClass[2]).toMatchObject({ support: 0, figures: { recall: null, auc: null } });
  expect(measured.metrics.auc).toMatchObject({ value: 1 });
  expect(measured.metrics.accuracy?.value).toBeCloseTo(2 / 3);
  expect(measured.decision?.figures).toMatchObject({
    sensitivity: { value: 1 },
    specificity: { value: 0.5 },
  });
  expect(accuracy(measured.confusion)).toBeCloseTo(2 / 3);
});

test('predictive values follow the prevalence', () => {
  const point = { sensitivity: 0.9, specificity: 0.8 };
  expect(predictiveValues(point, 0.5).ppv).toBeCloseTo(0.45 / 0.55);
  expect(predictiveValues(point, 0.01).ppv).toBeCloseTo(0.009 / (0.009 + 0.198));
  expect(predictiveValues(point, 0.01).npv).toBeCloseTo(0.792 / 0.793);
  expect(confusionAt([0.5], [true], 0.5).sensitivity).toBe(1);
});

test('two models that never differ: p is 1', () => {
  expect(mcnemar([true, false], [true, false])).toMatchObject({ p: 1, bothRight: 1, bothWrong: 1 });
});

test('an outline on a coarser grid counts on the grid of the truth; none found is 0', () => {
  const truth = { width: 4, height: 4, data: new Uint8Array(16).fill(255, 0, 8) };
  const coarse = { width: 2, height: 2, data: Uint8Array.from([1, 1, 0, 0]) };
  expect(dice(overlap(truth, coarse))).toBe(1);
  expect(dice(overlap(truth, null))).toBe(0);
});

test('thinning keeps the ends of a curve', () => {
  const scores = Array.from({ length: 5000 }, (_, index) => index / 5000);
  const curve = rocCurve(
    scores,
    scores.map((_, index) => index % 3 === 0),
  );
  const few = thinned(curve, 100);
  expect(few).toHaveLength(100);
  expect([few[0], few.at(-1)]).toEqual([curve[0], curve.at(-1)]);
});

test('parts of the images: small ones are listed without figures, a field that splits nothing is left out', () => {
  const truth = Array.from({ length: 30 }, (_, index) => index % 2);
  const rows = measureSubgroups(
    {
      classes: ['nv', 'mel'],
      truth,
      probabilities: truth.map((label) => (label === 0 ? [0.9, 0.1] : [0.2, 0.8])),
      groups: truth.map((_, index) => `${index}`),
      decision: null,
    },
    { sex: truth.map((_, index) => (index < 24 ? 'female' : 'male')), site: truth.map(() => 'unknown') },
    { resamples: 20 },
  );
  expect(rows).toMatchObject([
    { field: 'sex', value: 'female', count: 24, metrics: { accuracy: { value: 1 } } },
    { field: 'sex', value: 'male', count: 6, metrics: null },
  ]);
  expect([12, 30, 69.5, 70, null, Number.NaN].map(ageBand)).toEqual([
    '0-29',
    '30-49',
    '50-69',
    '70+',
    'unknown',
    'unknown',
  ]);
});

test('a share of all or no images is not certain, however often it is drawn', () => {
  const photos = Array.from({ length: 40 }, (_, index) => index);
  const truth = photos.map((index) => (index < 20 ? 0 : 1));
  const measured = measureClassifier(
    {
      classes: ['nv', 'mel'],
      truth,
      probabilities: truth.map((label) => (label === 0 ? [0.9, 0.1] : [0.1, 0.9])),
      groups: photos.map((index) => `g${Math.floor(index / 2)}`),
      decision: { classes: [1], threshold: 0.5 },
      sets: truth.map((label) => [label === 0 ? 'nv' : 'mel']),
    },
    { resamples: 20 },
  );
  // Ten groups a side: 10 / (10 + z^2), z = 1.95996.
  expect(measured.decision?.figures.sensitivity).toEqual({
    value: 1,
    low: expect.closeTo(0.7225, 4),
    high: 1,
  });
  const shares = [
    measured.metrics.accuracy,
    measured.decision?.figures.specificity,
    measured.sets?.coverage,
    ...Object.values(measured.sets?.perClass ?? {}),
    ...measured.perClass.flatMap(({ figures }) => [figures.recall, figures.precision, figures.specificity]),
  ];
  for (const share of shares) expect(share?.low).toBeLessThan(0.9);
  // Not a share of images: what is drawn is all that is known.
  expect(measured.metrics.auc).toEqual({ value: 1, low: 1, high: 1 });
});
