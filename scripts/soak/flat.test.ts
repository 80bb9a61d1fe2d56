import { expect, it } from 'vitest';
import { slope, trends } from './flat';

const of = (values: (number | null)[]) => values.map((heap) => ({ heap }));
const tight = { heap: { absolute: 0.5, relative: 0 } };

it('finds the slope of a line, and none in a wave', () => {
  expect(slope([1, 3, 5, 7])).toBeCloseTo(2);
  expect(slope([4])).toBe(0);
  expect(Math.abs(slope([1, 2, 1, 2, 1, 2, 1, 2, 1]))).toBeLessThan(0.02);
});

it('lets the first half grow, but not the second', () => {
  const warming = of([1, 20, 50, 80, 99, 100, 100, 100, 100, 100]);
  expect(trends(warming, tight)).toMatchObject([{ name: 'heap', growth: 0, flat: true }]);
  const leaking = of(Array.from({ length: 20 }, (_, at) => 100 + at));
  expect(trends(leaking, tight)).toMatchObject([{ first: 110, last: 119, flat: false }]);
});

it('sees a leak through the saw teeth of a collector', () => {
  const teeth = of(Array.from({ length: 40 }, (_, at) => 100 + (at % 4) * 5 + at));
  expect(trends(teeth, { heap: { absolute: 5, relative: 0 } })[0]?.flat).toBe(false);
});

it('says nothing of what the browser did not tell, and refuses too few readings', () => {
  expect(trends(of([1, 1, 1, 1, 1, null, 1, 1]), tight)).toEqual([]);
  expect(() => trends(of([1, 1]), tight)).toThrow(RangeError);
});
