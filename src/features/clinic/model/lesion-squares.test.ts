import { expect, it } from 'vitest';
import { exampleAnalysis, exampleLesion } from '../../../core/fixtures/analysis';
import { blankMask, squaresAround } from './lesion-squares';

const at = (left: number) => ({ left, top: 0, side: 100 });
const analysis = exampleAnalysis({
  lesion: {
    segmenter: null,
    lesions: [exampleLesion(10), exampleLesion(300)],
    chosen: 0,
    mask: null,
    nothing: null,
    morphology: null,
    milliseconds: 1,
  },
});

it('gives every lesion a square and a number, the kept ones first, around the one that is looked at', () => {
  expect(squaresAround({ squares: [at(200), at(10)], mask: null }, analysis, at(10))).toEqual({
    number: 2,
    others: [
      { number: 1, square: at(200) },
      { number: 3, square: at(300) },
    ],
  });
  expect(squaresAround({ squares: [], mask: null }, null, at(10))).toEqual({ number: null, others: [] });
});

it('gives a lesion that is alone no number', () => {
  expect(squaresAround({ squares: [at(10)], mask: null }, null, at(10))).toEqual({
    number: null,
    others: [],
  });
});

it('begins a mask in the proportions of the photo', () => {
  const { width, height, data } = blankMask({ width: 600, height: 450 });
  expect([width, height, data.length]).toEqual([256, 192, 256 * 192]);
  expect(data.some(Boolean)).toBe(false);
});
