import { describe, expect, it } from 'vitest';
import { seededRandom } from '../metrics/random';
import { fitConformal, predictionSet } from './prediction-set';

const own = (quantiles: Record<string, number>) =>
  Object.entries(quantiles).map(([id, quantile]) => ({ class: id, quantile, count: 100, pooledWith: [] }));

describe('a prediction set', () => {
  const classes = own({ nv: 0.5, mel: 0.9, bkl: 0.7 });

  it('holds each class from its own probability on, the most probable first', () => {
    expect(predictionSet(classes, [0.55, 0.12, 0.33])).toEqual({
      classes: ['nv', 'bkl', 'mel'],
      unsure: false,
    });
    expect(predictionSet(classes, [0.71, 0.09, 0.2])).toEqual({ classes: ['nv'], unsure: false });
    // The same 0.2 is enough for one class and not for another.
    expect(predictionSet(classes, [0.2, 0.6, 0.2])).toEqual({ classes: ['mel'], unsure: false });
  });

  it('is never empty: the most probable class stands in, and is called unsure', () => {
    const strict = own({ nv: 0.1, mel: 0.1, bkl: 0.1 });
    expect(predictionSet(strict, [0.4, 0.35, 0.25])).toEqual({ classes: ['nv'], unsure: true });
  });
});

describe('fitting the quantiles', () => {
  it('takes the ceil((n + 1) coverage)-th smallest of the scores, a class at a time', () => {
    const truth = [...Array(99).fill(0), ...Array(60).fill(1)];
    const probabilities = truth.map((label, row) => {
      const own = (label === 0 ? row + 1 : row - 98) / 100;
      return label === 0 ? [own, 1 - own] : [1 - own, own];
    });
    const [a, b] = fitConformal(['a', 'b'], truth, probabilities, 0.9);
    // Of 99 scores the 90th smallest, of 60 the 55th: 1 - p, p falling from the largest.
    expect(a?.quantile).toBeCloseTo(0.9, 12);
    expect(b?.quantile).toBeCloseTo(0.94, 12);
    expect([a?.count, b?.count, a?.pooledWith]).toEqual([99, 60, []]);
  });

  it('fits classes with too few photos together, and says with which', () => {
    const truth = [...Array(200).fill(0), ...Array(5).fill(1), ...Array(7).fill(2), ...Array(60).fill(3)];
    const probabilities = truth.map(() => [0.25, 0.25, 0.25, 0.25]);
    const pooledWith = fitConformal(['nv', 'df', 'vasc', 'mel'], truth, probabilities, 0.9).map(
      (entry) => entry.pooledWith,
    );
    // Twelve photos are still too few: the smallest of the others helps out.
    expect(pooledWith).toEqual([[], ['vasc', 'mel'], ['df', 'mel'], ['df', 'vasc']]);
    const two = fitConformal(
      ['nv', 'df'],
      [0, 0, 1],
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
      0.9,
    );
    expect(two.map((entry) => entry.quantile)).toEqual([1, 1]);
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
    const fitted = fitConformal(
      ['nv', 'mel'],
      [...Array(900).fill(0), ...Array(200).fill(1)],
      [...some(900, 0), ...some(200, 1)],
      0.9,
    );
    for (const [label, id] of ['nv', 'mel'].entries()) {
      const sets = some(5000, label).map((row) => predictionSet(fitted, row));
      // The promise is about what the quantiles let in; a class that stands in for an empty set comes on top.
      const held = sets.filter(({ classes, unsure }) => !unsure && classes.includes(id));
      expect(held.length / 5000).toBeGreaterThan(0.86);
      expect(held.length / 5000).toBeLessThan(0.94);
    }
  });
});
