import { describe, expect, it } from 'vitest';
import { exampleAnalysis, exampleCard, exampleLesion } from '../../../core/fixtures/analysis';
import type { Square } from '../../../core/geometry';
import { otherLesions, worstLesion } from './lesion-verdicts';
import { newWorkbenchPhoto, type WorkbenchPhoto } from './workbench-photo';

const at = (left: number): Square => ({ left, top: 0, side: 100 });
const search = {
  segmenter: null,
  lesions: [10, 300, 450].map(exampleLesion),
  chosen: 0,
  mask: null,
  nothing: null,
  morphology: null,
  milliseconds: 1,
};
const said = (square: Square, probability: number, threshold = 0.21) => ({
  state: 'done' as const,
  analysis: exampleAnalysis({
    square,
    lesion: search,
    decision: { positive: ['mel'], probability, threshold, above: probability >= threshold, wanted: null },
  }),
});
const photo = (changes: Partial<WorkbenchPhoto> = {}): WorkbenchPhoto => ({
  ...newWorkbenchPhoto('p', { file: new Blob(), name: 'p.jpg', source: 'file' }),
  runs: { [exampleCard.id]: said(at(10), 0.05) },
  ...changes,
});
const lesionRuns = (answers: Record<number, number>) =>
  Object.entries(answers).map(([left, probability]) => ({
    packageId: exampleCard.id,
    square: at(Number(left)),
    run: said(at(Number(left)), probability),
  }));

describe('the lesion that a photo is called by', () => {
  it('is the one looked at as long as no other has an answer', () => {
    expect(worstLesion(photo(), exampleCard, null)).toMatchObject({ number: 1, of: 3 });
    expect(worstLesion(photo({ runs: {} }), exampleCard, null)).toBeNull();
  });

  it('is a flagged one, and the one with the largest sum', () => {
    const worst = worstLesion(photo({ lesionRuns: lesionRuns({ 300: 0.5, 450: 0.3 }) }), exampleCard, null);
    expect(worst).toMatchObject({ number: 2, analysis: { decision: { probability: 0.5, above: true } } });
    expect(
      worstLesion(photo({ lesionRuns: lesionRuns({ 300: 0.04, 450: 0.1 }) }), exampleCard, null),
    ).toMatchObject({ number: 3, analysis: { decision: { above: false } } });
  });

  it('is the square that the user moved off all lesions, where that one is flagged', () => {
    const moved = (probability: number) =>
      worstLesion(
        photo({
          runs: { [exampleCard.id]: said(at(600), probability) },
          lesionRuns: lesionRuns({ 10: 0.1, 300: 0.05 }),
        }),
        exampleCard,
        null,
      );
    expect(moved(0.6)).toMatchObject({ of: 1, analysis: { decision: { probability: 0.6, above: true } } });
    expect(moved(0.01)).toMatchObject({ number: 1, of: 3 });
  });

  it('is judged at the sensitivity that the user asks for', () => {
    const worst = worstLesion(photo(), exampleCard, 0.9);
    // The example's curve finds all only from a threshold of 0 on.
    expect(worst?.analysis.decision).toMatchObject({ threshold: 0, above: true, wanted: 0.9 });
  });
});

describe('the other lesions of a photo', () => {
  it('are those beside the one looked at, a flagged one first and then by the sum', () => {
    const others = otherLesions(photo({ lesionRuns: lesionRuns({ 300: 0.1, 450: 0.5 }) }), exampleCard, null);
    expect(others.map(({ number, of, flag }) => [number, of, flag?.flagged])).toEqual([
      [3, 3, true],
      [2, 3, false],
    ]);
  });

  it('are none before the others have an answer', () => {
    expect(otherLesions(photo(), exampleCard, null)).toEqual([]);
    expect(otherLesions(photo({ runs: {} }), exampleCard, null)).toEqual([]);
  });

  it('are all lesions with an answer where the square was moved off them', () => {
    const moved = photo({
      runs: { [exampleCard.id]: said(at(200), 0.05) },
      lesionRuns: lesionRuns({ 10: 0.5 }),
    });
    expect(otherLesions(moved, exampleCard, null)).toMatchObject([{ number: 1, flag: { flagged: true } }]);
  });
});
