import { expect, it } from 'vitest';
import { exampleAnalysis } from '../../core/fixtures/analysis';
import { blankMask, squaresOf } from './spots';

const at = (left: number) => ({ left, top: 0, side: 100 });
const lesion = (left: number) => ({
  box: { left, top: 0, width: 9, height: 9 },
  centroid: { x: left, y: 5 },
  share: 0.01,
  meanProbability: 0.9,
  square: at(left),
});
const analysis = exampleAnalysis({
  lesion: {
    segmenter: null,
    lesions: [lesion(10), lesion(300)],
    chosen: 0,
    mask: null,
    nothing: null,
    morphology: null,
    milliseconds: 1,
  },
});

it('gives every lesion a square, the kept ones first, without the one that is looked at', () => {
  const squares = squaresOf({ squares: [at(200), at(10)] }, analysis, at(10));
  expect(squares).toEqual([
    { number: 1, square: at(200) },
    { number: 3, square: at(300) },
  ]);
  expect(squaresOf({ squares: [] }, null, at(10))).toEqual([]);
});

it('begins a mask in the proportions of the photo', () => {
  const { width, height, data } = blankMask({ width: 600, height: 450 });
  expect([width, height, data.length]).toEqual([256, 192, 256 * 192]);
  expect(data.some(Boolean)).toBe(false);
});
