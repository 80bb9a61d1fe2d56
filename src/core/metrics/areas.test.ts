import { expect, test } from 'vitest';
import { draws, intervals } from './bootstrap';
import { type ClassifierSample, headlineFigures, measureClassifier } from './classifier';
import { type Ranking, rank, rankedAreas, walkRanking } from './curves';
import { seededRandom } from './random';
import { measureSubgroups } from './subgroups';

/** Scores with ties, several images a group. */
const random = seededRandom(7);
const count = 240;
const truth = Array.from({ length: count }, () => Math.floor(random() * 3));
const probabilities = truth.map((label) => {
  const raw = [0, 1, 2].map((column) => Math.round(10 * random()) + (column === label ? 4 : 1));
  const sum = raw.reduce((total, value) => total + value, 0);
  return raw.map((value) => value / sum);
});
const groups = truth.map((_, index) => `g${Math.floor(index / 2)}`);

/** The areas by their definitions, a call for each distinct score. */
function plainAreas(ranking: Ranking, weights?: ArrayLike<number>) {
  let [found, passed, pairs, area] = [0, 0, 0, 0];
  walkRanking(ranking, weights, (positives, negatives) => {
    pairs += negatives * (found + positives / 2);
    found += positives;
    passed += negatives;
    if (positives > 0) area += (positives * found) / (found + passed);
  });
  return { auc: pairs / (found * passed), averagePrecision: area / found };
}

test('the walk of the draws finds the areas of their definitions, to the last digit', () => {
  for (const column of [0, 1, 2]) {
    const ranking = rank(
      probabilities.map((row) => row[column] as number),
      truth.map((label) => label === column),
    );
    expect(rankedAreas(ranking)).toEqual(plainAreas(ranking));
    for (const weights of draws(groups, 20, 3)) {
      expect(rankedAreas(ranking, weights)).toEqual(plainAreas(ranking, weights));
      // An image counts as often as the draw has it.
      const copies = [...weights].flatMap((times, index) => Array<number>(times).fill(index));
      const copied = rank(
        copies.map((index) => probabilities[index]?.[column] as number),
        copies.map((index) => truth[index] === column),
      );
      expect(rankedAreas(copied).auc).toBe(rankedAreas(ranking, weights).auc);
    }
  }
});

test('parts have the figures that a full measure of them has', () => {
  const sample: ClassifierSample = {
    classes: ['nv', 'bkl', 'mel'],
    truth,
    probabilities,
    groups,
    decision: null,
  };
  const sex = truth.map((_, index) => (index % 3 === 0 ? 'female' : 'male'));
  const options = { resamples: 30, seed: 4 };
  for (const { value, count, metrics } of measureSubgroups(sample, { sex }, options)) {
    const inside = <Item>(items: readonly Item[]) => items.filter((_, index) => sex[index] === value);
    const whole = measureClassifier(
      { ...sample, truth: inside(truth), probabilities: inside(probabilities), groups: inside(groups) },
      options,
    );
    const { accuracy, balancedAccuracy, auc } = whole.metrics;
    expect(count).toBe(whole.count);
    expect(metrics).toEqual({ accuracy, balancedAccuracy, auc });
  }
  expect(intervals(headlineFigures(sample), groups, options).auc).toEqual(
    measureClassifier(sample, options).metrics.auc,
  );
});
