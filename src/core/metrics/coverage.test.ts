import { expect, test } from 'vitest';
import { coverageFigures } from './coverage';

test('coverage over all, a class at a time, and the size of the sets; a draw counts as it says', () => {
  const figures = coverageFigures(['nv', 'mel', 'df'], [0, 0, 1, 1], [['nv'], ['mel'], ['nv', 'mel'], []]);
  expect(figures([1, 1, 1, 1])).toEqual({
    coverage: 0.5,
    setSize: 1,
    'nv:coverage': 0.5,
    'mel:coverage': 0.5,
    'df:coverage': Number.NaN,
  });
  expect(figures([3, 0, 1, 0])).toMatchObject({ coverage: 1, setSize: 1.25, 'mel:coverage': 1 });
});
