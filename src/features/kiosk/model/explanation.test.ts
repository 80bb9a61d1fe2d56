import { expect, it } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { explanationSteps, flaggedClassOf, liveSaliencyMap, mapDoubt, saliencyMap } from './explanation';

const peak = (cell: number) => Float32Array.from({ length: 9 }, (_, at) => (at === cell ? 9 : 0.1));
const activation = {
  width: 3,
  height: 3,
  planes: [
    { classId: 'nv', values: peak(0) },
    { classId: 'mel', values: peak(4) },
  ],
};
const attention = {
  width: 3,
  height: 3,
  planes: [
    { query: 'metadata' as const, values: peak(2) },
    { query: 'mask' as const, values: peak(2) },
  ],
};
const search = {
  segmenter: null,
  lesions: [],
  chosen: 0,
  nothing: null,
  morphology: null,
  milliseconds: 1,
};
/** A lesion in the upper left or the lower right half of the photo. */
const masked = (upperLeft: boolean) => ({
  ...search,
  mask: {
    width: 4,
    height: 3,
    data: Uint8Array.from({ length: 12 }, (_, at) => Number(at < 6 === upperLeft)),
  },
});
/** An outline around everything, for what is not about where the lesion is. */
const outlined = { ...search, mask: { width: 4, height: 3, data: new Uint8Array(12).fill(1) } };
const said = (changes: Partial<Analysis>) =>
  exampleAnalysis({ activation: null, lesion: null, attention: null, ...changes });
const refused = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
const notFlagged = { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null };

const acneCard = { ...exampleCard, domain: 'acne' as const };

it('shows no stage that the engine found nothing for', () => {
  expect(explanationSteps(exampleCard, said({}))).toEqual(['photo', 'answer']);
  expect(explanationSteps(acneCard, said({ activation }))).toEqual(['photo', 'attention', 'answer']);
  const lesion = masked(true);
  expect(explanationSteps(exampleCard, said({ activation, lesion }))).toEqual([
    'photo',
    'mask',
    'attention',
    'answer',
  ]);
});

it('looks at the evidence for what is flagged, else at that for the most probable class, or at a fusion’s attention', () => {
  const map = (changes: Partial<Analysis>) =>
    saliencyMap(exampleCard, said({ activation, lesion: outlined, ...changes }))?.values;
  expect(map({})).toEqual(peak(4));
  expect(map({ decision: notFlagged })).toEqual(peak(0));
  expect(map({ attention })).toEqual(peak(2));
});

it('draws no map that means nothing: flat, beside the lesion, or without a result', () => {
  const flat = { ...activation, planes: [{ classId: 'mel', values: new Float32Array(9).fill(3) }] };
  expect(saliencyMap(exampleCard, said({ activation: flat, lesion: outlined }))).toBeNull();
  const beside = { ...activation, planes: [{ classId: 'mel', values: peak(8) }] };
  expect(saliencyMap(exampleCard, said({ activation: beside, lesion: masked(true) }))).toBeNull();
  expect(
    saliencyMap(exampleCard, said({ activation, lesion: outlined, outOfDistribution: refused })),
  ).toBeNull();
});

it('draws no map of a lesion without an outline or a spot, and says why; acne fills the photo', () => {
  for (const lesion of [null, { ...masked(true), mask: null }]) {
    const sample = said({ activation, lesion });
    expect(saliencyMap(exampleCard, sample)).toBeNull();
    expect(mapDoubt(exampleCard, sample)).toBe('unplaced');
    expect(explanationSteps(exampleCard, sample)).toEqual(['photo', 'answer']);
    expect(explanationSteps(exampleCard, sample, true)).toContain('attention');
    expect(saliencyMap(acneCard, sample)?.values).toEqual(peak(4));
  }
});

it('draws a map of the camera only of a spot that was located', () => {
  const square = { left: 0, top: 0, side: 300 };
  const frame = said({ activation, photo: { width: 300, height: 300 }, square });
  const spot = (x: number, y: number) => ({ x, y, extent: 0.3 });
  expect(liveSaliencyMap(exampleCard, frame, spot(0.5, 0.5))?.values).toEqual(peak(4));
  // The evidence lies in the middle, and the spot in a corner.
  expect(liveSaliencyMap(exampleCard, frame, spot(0.15, 0.15))).toBeNull();
  expect(liveSaliencyMap(exampleCard, frame, null)).toBeNull();
});

it('holds the map of a frame against its spot until there is an outline, and says why it is not drawn', () => {
  const square = { left: 0, top: 0, side: 300 };
  const frame = (changes: Partial<Analysis> = {}) =>
    said({ activation, photo: { width: 300, height: 300 }, square, ...changes });
  const corner = { x: 0.15, y: 0.15, extent: 0.3 };
  expect(mapDoubt(exampleCard, frame(), { x: 0.5, y: 0.5, extent: 0.3 })).toBeNull();
  expect(mapDoubt(exampleCard, frame(), corner)).toBe('outside');
  expect(saliencyMap(exampleCard, frame(), corner)).toBeNull();
  // Nothing was found to outline: the spot still stands in.
  expect(mapDoubt(exampleCard, frame({ lesion: { ...masked(true), mask: null } }), corner)).toBe('outside');
  // The outline is better than the box.
  expect(mapDoubt(exampleCard, frame({ lesion: outlined }), corner)).toBeNull();
  const flat = { ...activation, planes: [{ classId: 'mel', values: new Float32Array(9).fill(3) }] };
  expect(mapDoubt(exampleCard, frame({ activation: flat }), corner)).toBe('flat');
  // The stage is there to say so, and not in the loop, where nobody reads it.
  expect(explanationSteps(exampleCard, frame({ activation: flat }), true)).toContain('attention');
  expect(explanationSteps(exampleCard, frame({ activation: flat }))).not.toContain('attention');
});

it('names the class of the map where the photo is flagged for it, and none for attention', () => {
  expect(flaggedClassOf(exampleCard, said({ activation }))).toBe('mel');
  expect(flaggedClassOf(exampleCard, said({ activation, decision: notFlagged }))).toBeNull();
  expect(flaggedClassOf(exampleCard, said({ activation, attention }))).toBeNull();
});
