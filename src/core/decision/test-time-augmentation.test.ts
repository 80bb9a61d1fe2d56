import { expect, test } from 'vitest';
import { ttaSpread } from './test-time-augmentation';

test('mean, spread and agreement over the views', () => {
  const { classes, views, agreement } = ttaSpread(
    ['nv', 'mel'],
    [
      [0.9, 0.1],
      [0.7, 0.3],
      [0.4, 0.6],
      [0.8, 0.2],
    ],
  );
  expect(views).toBe(4);
  expect(agreement).toBe(0.75);
  expect(classes[0]?.mean).toBeCloseTo(0.7, 12);
  expect(classes[0]?.deviation).toBeCloseTo(Math.sqrt(0.035), 12);
  expect(classes[1]).toMatchObject({ id: 'mel', lowest: 0.1, highest: 0.6 });
  expect(classes.reduce((sum, { mean }) => sum + mean, 0)).toBeCloseTo(1, 12);
});

test('merged classes move as their sum does in each view, not as their parts', () => {
  const { coarse, agreement } = ttaSpread(
    ['nv', 'nevus', 'mel'],
    [
      [0.6, 0.1, 0.3],
      [0.1, 0.7, 0.2],
    ],
    [
      { id: 'mole', name: { en: 'x', ko: 'x' }, classes: ['nv', 'nevus'] },
      { id: 'mel', name: { en: 'x', ko: 'x' }, classes: ['mel'] },
    ],
  );
  // Two names for one thing do not disagree.
  expect(agreement).toBe(1);
  expect(coarse.map(({ id }) => id)).toEqual(['mole', 'mel']);
  expect(coarse[0]?.lowest).toBeCloseTo(0.7, 12);
  expect(coarse[0]?.highest).toBeCloseTo(0.8, 12);
  expect(coarse[1]).toMatchObject({ lowest: 0.2, highest: 0.3 });
  expect(ttaSpread(['a'], [[1]]).coarse).toEqual([]);
});

test('equal views have no spread and agree', () => {
  const { classes, agreement } = ttaSpread(['a', 'b', 'c'], Array(8).fill([0.25, 0.5, 0.25]));
  expect(agreement).toBe(1);
  for (const { deviation, lowest, highest } of classes) {
    expect(deviation).toBe(0);
    expect(lowest).toBe(highest);
  }
});

test('no view, or one of another length, is an error', () => {
  expect(() => ttaSpread(['a'], [])).toThrow(RangeError);
  expect(() => ttaSpread(['a', 'b'], [[0.5, 0.5], [1]])).toThrow(RangeError);
});
