import { describe, expect, it } from 'vitest';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { disagreement, type ModelSummary, summariseModel } from './model-comparison';

const name = { en: 'x', ko: 'x' };
const summary = (changes: Partial<ModelSummary>): ModelSummary => ({
  packageId: 'one',
  top: { id: 'nv', name, malignant: false, probability: 0.9 },
  malignant: 0.1,
  flagged: false,
  ...changes,
});

describe('what a model says of a photo', () => {
  it('is its most probable class, its malignant sum and its flag', () => {
    expect(summariseModel(exampleCard, exampleAnalysis())).toEqual({
      packageId: exampleCard.id,
      top: { id: 'nv', name: exampleCard.classes[0]?.name, malignant: false, probability: 0.7 },
      malignant: 0.3,
      flagged: true,
    });
  });

  it('has no class where there is no confident result', () => {
    const analysis = exampleAnalysis({
      outOfDistribution: { score: 9, threshold: 1, inDistribution: false, refused: true },
    });
    expect(summariseModel(exampleCard, analysis).top).toBeNull();
  });
});

describe('disagreement', () => {
  it('is none between equals', () => {
    const none = { confidence: false, flag: false, malignancy: false, spread: 0 };
    expect(disagreement([summary({}), summary({ packageId: 'two' })])).toEqual(none);
  });

  it('is about the flag, the kind of the class, the confidence and the sum', () => {
    const other = summary({
      top: { id: 'mel', name, malignant: true, probability: 0.8 },
      malignant: 0.8,
      flagged: true,
    });
    const both = disagreement([summary({}), other]);
    expect(both).toMatchObject({ confidence: false, flag: true, malignancy: true });
    expect(both.spread).toBeCloseTo(0.7);
    expect(disagreement([summary({}), summary({ top: null })]).confidence).toBe(true);
  });

  it('leaves models out that know nothing malignant or have no threshold', () => {
    const acne = summary({
      top: { id: 'papular', name, malignant: false, probability: 0.9 },
      malignant: null,
      flagged: null,
    });
    const flagged = summary({
      top: { id: 'mel', name, malignant: true, probability: 0.9 },
      malignant: 0.9,
      flagged: true,
    });
    expect(disagreement([acne, flagged])).toMatchObject({ flag: false, malignancy: false, spread: null });
  });
});
