import { expect, it } from 'vitest';
import { exampleAnalysis, exampleLesion } from '../../../core/fixtures/analysis';
import { blankMask, shownMask, squaresAround } from './lesion-squares';

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

it('shows the own outline, else the one that was found; a dropped one is gone before the next answer', () => {
  const found = blankMask({ width: 30, height: 20 });
  const own = { of: at(10), raster: blankMask({ width: 60, height: 40 }), edits: [] };
  const answered = (segmenter: object | null) =>
    ({ ...analysis, lesion: { ...analysis.lesion, segmenter, mask: found } }) as typeof analysis;
  expect(shownMask({ mask: own }, answered({}))).toBe(own.raster);
  expect(shownMask({ mask: null }, answered({}))).toBe(found);
  // The answer of before was about the outline that the user has dropped since.
  expect(shownMask({ mask: null }, answered(null))).toBeNull();
  expect(shownMask({ mask: null }, null)).toBeNull();
});
