import { describe, expect, it } from 'vitest';
import type { Kind } from '../card/card';
import { seededRandom } from '../metrics/random';
import { confidentLevel, fitConformal } from './conformal-fit';
import { predictionSet } from './prediction-set';

const kinds: Kind[] = ['benign', 'benign', 'malignant', 'malignant', 'premalignant', 'benign'];
const classes = ['nv', 'df', 'mel', 'bcc', 'akiec', 'vasc'].map((id, index) => ({
  id,
  kind: kinds[index] as Kind,
}));

/** `counts` photos of each class, two a lesion, with probabilities that training's code was given too. */
function photos(counts: readonly number[]) {
  const truth = counts.flatMap((count, label) => Array<number>(count).fill(label));
  const probabilities = truth.map((label, row) => {
    const own = (row * 0.618034) % 1;
    return counts.map((_, index) => (index === label ? own : (1 - own) / 5));
  });
  return { truth, probabilities, groups: truth.map((_, row) => `lesion ${Math.floor(row / 2)}`) };
}

describe('fitting the quantiles of prediction sets', () => {
  it('gives the quantiles and pools of training, to the digit', () => {
    // From fit_quantiles in training/lentigo/evaluation/conformal.py, on the same photos.
    const expected = [
      {
        counts: [200, 12, 25, 40, 9, 20],
        quantiles: [0.904805, 0.916039, 0.998078, 1, 1, 0.916039],
        pooledWith: [[], ['vasc'], ['bcc'], [], [], ['df']],
      },
      {
        counts: [200, 5, 14, 9, 31, 4],
        quantiles: [0.904805, 0.909831, 1, 1, 1, 0.909831],
        pooledWith: [[], ['nv', 'vasc'], ['bcc'], ['mel'], [], ['nv', 'df']],
      },
      {
        counts: [80, 30, 30, 29, 0, 10],
        quantiles: [0.909831, 0.939247, 1, 0.981819, 1, 0.917961],
        pooledWith: [[], [], [], ['mel'], [], ['nv', 'df']],
      },
    ];
    for (const { counts, quantiles, pooledWith } of expected) {
      const fitted = fitConformal({ classes, coverage: 0.9 }, photos(counts));
      expect(fitted.map(({ quantile }) => quantile)).toEqual(quantiles);
      expect(fitted.map((entry) => entry.pooledWith)).toEqual(pooledWith);
      expect(fitted.map(({ count }) => count)).toEqual(counts);
    }
  });

  it('never fits a malignant class together with a benign one, however few its photos are', () => {
    for (const melanomas of [0, 3, 12, 29]) {
      const [nv, df, mel] = fitConformal({ classes, coverage: 0.9 }, photos([600, 8, melanomas, 0, 0, 0]));
      expect(nv?.pooledWith).toEqual([]);
      expect(df?.pooledWith).toEqual(['nv', 'vasc']);
      expect(mel?.pooledWith).toEqual(['bcc']);
      // Two photos a lesion: 15 lesions are too few for any quantile but the one that lists it always.
      expect(mel?.quantile).toBe(1);
    }
  });

  it('leaves the margin of training for the number of lesions', () => {
    // From confident_level in training/lentigo/evaluation/conformal.py.
    for (const [count, level] of [
      [10, 1],
      [21, 1],
      [22, 0.9565217391304348],
      [60, 0.9508196721311475],
      [160, 0.9316770186335404],
      [5000, 0.9054189162167566],
    ] as const)
      expect(confidentLevel(count, 0.9)).toBeCloseTo(level, 14);
    expect(confidentLevel(30, 0.8)).toBeCloseTo(0.9032258064516129, 14);
    expect([confidentLevel(0, 0.9), confidentLevel(50, 1)]).toEqual([1, 1]);
  });

  it('takes the ceil((n + 1) coverage)-th smallest score of a benign class', () => {
    const truth = Array<number>(99).fill(0);
    const probabilities = truth.map((_, row) => [(row + 1) / 100, 1 - (row + 1) / 100]);
    const groups = truth.map((_, row) => `photo ${row}`);
    const two = [classes[0], classes[2]] as typeof classes;
    const [nv] = fitConformal({ classes: two, coverage: 0.9 }, { truth, probabilities, groups });
    // Of 99 scores the 90th smallest.
    expect(nv?.quantile).toBeCloseTo(0.9, 12);
  });

  it('keeps its promise for every class on photos that it has not seen', () => {
    const random = seededRandom(5);
    // Photos of two classes, of which the second is rare and told apart badly.
    const photo = (label: number) => {
      const logit = label === 0 ? 2 + 2 * random() : 3 * random() - 2;
      const p = 1 / (1 + Math.exp(-logit));
      return label === 0 ? [p, 1 - p] : [1 - p, p];
    };
    const some = (count: number, label: number) => Array.from({ length: count }, () => photo(label));
    const truth = [...Array<number>(900).fill(0), ...Array<number>(200).fill(1)];
    const fitted = fitConformal(
      { classes: [classes[0], classes[2]] as typeof classes, coverage: 0.9 },
      {
        truth,
        probabilities: [...some(900, 0), ...some(200, 1)],
        groups: truth.map((_, row) => `photo ${row}`),
      },
    );
    const covered = ['nv', 'mel'].map((id, label) => {
      const sets = some(5000, label).map((row) => predictionSet(fitted, row));
      // The promise is about what the quantiles let in; a class that stands in for an empty set is extra.
      return sets.filter((set) => !set.unsure && set.classes.includes(id)).length / 5000;
    });
    expect(covered[0]).toBeGreaterThan(0.86);
    expect(covered[0]).toBeLessThan(0.94);
    // Melanoma has the margin.
    expect(covered[1]).toBeGreaterThan(0.89);
    expect(covered[1]).toBeLessThan(0.97);
  });
});
