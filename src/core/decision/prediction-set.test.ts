import { describe, expect, it } from 'vitest';
import { predictionSet } from './prediction-set';

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
