import { describe, expect, test } from 'vitest';
import fixtures from '../fixtures/metrics.json';
import { intervals } from './bootstrap';
import { confidences, reliability } from './calibration';
import { type ClassifierSample, classifierFigures, headlineNames, measureClassifier } from './classifier';
import { differences, mcnemar } from './compare';
import { argmax, classRates, countMatrix } from './confusion';
import { confusionAt, predictiveValues } from './confusion-at';
import { areaUnderCurve, averagePrecision, precisionRecallCurve, rocCurve } from './curves';
import { dice, jaccard, overlap } from './overlap';

// Made by scikit-learn, scipy and lentigo.evaluation: training/fixtures/metrics.py
const options = { resamples: fixtures.resamples, seed: fixtures.seed };

/** Numbers equal to 1e-9; null stands for a figure without meaning. */
function expectEqual(got: number | null | undefined, wanted: number | null, what: string): void {
  if (wanted === null) expect(got === null || Number.isNaN(got), `${what}: ${got}`).toBe(true);
  else expect(Math.abs((got ?? Number.NaN) - wanted), `${what}: ${got}, not ${wanted}`).toBeLessThan(1e-9);
}

describe('equals scikit-learn', () => {
  for (const fixture of fixtures.cases) {
    const sample: ClassifierSample = {
      classes: fixture.labels,
      truth: fixture.truth,
      probabilities: fixture.probabilities,
      groups: fixture.groups,
      decision: null,
    };
    const matrix = countMatrix(fixture.labels.length, fixture.truth, fixture.probabilities.map(argmax));
    const column = (index: number) => fixture.probabilities.map((row) => row[index] as number);
    const isClass = (index: number) => fixture.truth.map((label) => label === index);

    test(`${fixture.name}: the confusion matrix and each class`, () => {
      expect(matrix).toEqual(fixture.confusion);
      classRates({ matrix }).forEach((rates, index) => {
        const wanted = fixture.perClass[index];
        if (!wanted) throw new Error('no such class');
        for (const name of ['precision', 'recall', 'specificity', 'f1', 'support'] as const)
          expectEqual(rates[name], wanted[name], `${fixture.labels[index]} ${name}`);
        expectEqual(areaUnderCurve(column(index), isClass(index)), wanted.auc, 'AUC');
        expectEqual(
          averagePrecision(column(index), isClass(index)),
          wanted.averagePrecision,
          'average precision',
        );
      });
    });

    test(`${fixture.name}: the curves, point by point`, () => {
      const roc = rocCurve(column(1), isClass(1));
      expect(roc).toHaveLength(fixture.curves.roc.length);
      roc.forEach((point, index) => {
        const [x, y, threshold] = fixture.curves.roc[index] ?? [];
        expectEqual(point.falsePositiveRate, x as number, 'false positive rate');
        expectEqual(point.truePositiveRate, y as number, 'true positive rate');
        if (index > 0) expectEqual(point.threshold, threshold as number, 'threshold');
      });
      const curve = precisionRecallCurve(column(1), isClass(1));
      expect(curve.length).toBeGreaterThanOrEqual(fixture.curves.precisionRecall.length);
      fixture.curves.precisionRecall.forEach(([precision, recall, threshold], index) => {
        expectEqual(curve[index]?.precision, precision as number, 'precision');
        expectEqual(curve[index]?.recall, recall as number, 'recall');
        expectEqual(curve[index]?.threshold, threshold as number, 'threshold');
      });
    });

    test(`${fixture.name}: the headline figures and their intervals on the same draws`, () => {
      const { metrics } = measureClassifier(sample, options);
      for (const name of headlineNames) {
        const wanted = fixture.intervals[name];
        for (const part of ['value', 'low', 'high'] as const)
          expectEqual(metrics[name]?.[part], wanted?.[part] ?? null, `${name} ${part}`);
      }
    });

    test(`${fixture.name}: the reliability bins`, () => {
      const bins = reliability(confidences(fixture.truth, fixture.probabilities));
      expect(bins.map(({ count }) => count)).toEqual(fixture.reliability.map(({ count }) => count));
      bins.forEach((bin, index) => {
        // Rounded there to four digits.
        expect(bin.confidence).toBeCloseTo(fixture.reliability[index]?.confidence ?? Number.NaN, 3);
        expect(bin.accuracy).toBeCloseTo(fixture.reliability[index]?.accuracy ?? Number.NaN, 3);
      });
    });
  }

  test('sensitivity, specificity, and predictive values at the prevalence of the sample', () => {
    const [, four] = fixtures.cases;
    const wanted = fixtures.operating;
    if (!four) throw new Error('no case');
    const point = confusionAt(
      four.probabilities.map((row) => row[1] as number),
      four.truth.map((label) => label === 1),
      wanted.threshold,
    );
    expectEqual(point.sensitivity, wanted.sensitivity, 'sensitivity');
    expectEqual(point.specificity, wanted.specificity, 'specificity');
    const { ppv, npv } = predictiveValues(point, wanted.prevalence);
    expectEqual(ppv, wanted.ppv, 'PPV');
    expectEqual(npv, wanted.npv, 'NPV');
  });

  test('two models on the same images', () => {
    const { truth, first, second, groups, ...wanted } = fixtures.comparison;
    const right = (rows: number[][]) => rows.map((row, index) => argmax(row) === truth[index]);
    const found = mcnemar(right(first), right(second));
    expect(found).toMatchObject({ onlyFirst: wanted.onlyFirst, onlySecond: wanted.onlySecond });
    expectEqual(found.p, wanted.p, 'p');
    const classes = fixtures.cases[1]?.labels ?? [];
    const figures = (probabilities: number[][]) =>
      classifierFigures({ classes, truth, probabilities, decision: null });
    const gaps = differences(figures(first), figures(second), groups, options);
    for (const name of ['accuracy', 'auc'] as const)
      for (const part of ['value', 'low', 'high'] as const)
        expectEqual(gaps[name]?.[part], wanted.differences[name][part], `${name} ${part}`);
  });

  test.each(fixtures.mcnemar)('McNemar, $onlyFirst against $onlySecond', ({ onlyFirst, onlySecond, p }) => {
    const right = (first: boolean) => [
      ...new Array<boolean>(onlyFirst).fill(first),
      ...new Array<boolean>(onlySecond).fill(!first),
    ];
    const found = mcnemar(right(true), right(false)).p;
    expect(Math.abs(found / p - 1)).toBeLessThan(1e-9);
  });

  test.each(fixtures.outlines)(
    'Dice $dice, Jaccard $jaccard',
    ({ true: truth, said: predicted, ...wanted }) => {
      const raster = (data: number[]) => ({ width: 12, height: 1, data: Uint8Array.from(data) });
      const counts = overlap(raster(truth), raster(predicted));
      expectEqual(dice(counts), wanted.dice, 'Dice');
      expectEqual(jaccard(counts), wanted.jaccard, 'Jaccard');
    },
  );
});

test('the same seed gives the same intervals, another one others', () => {
  const [fixture] = fixtures.cases;
  if (!fixture) throw new Error('no case');
  const run = (seed: number) =>
    intervals(
      classifierFigures({
        classes: fixture.labels,
        truth: fixture.truth,
        probabilities: fixture.probabilities,
        decision: null,
      }),
      fixture.groups,
      { resamples: 50, seed },
    );
  expect(run(1)).toEqual(run(1));
  expect(run(1)).not.toEqual(run(2));
});
