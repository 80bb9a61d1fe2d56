import { describe, expect, it } from 'vitest';
import type { Card } from '../../../core/card/card';
import { verdictOf } from '../../../core/decision/verdict';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { disagreement } from './model-comparison';

const refused = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
const said = (mel: number, changes: Parameters<typeof exampleAnalysis>[0] = {}, card: Card = exampleCard) =>
  verdictOf(
    card,
    exampleAnalysis({
      probabilities: [
        { id: 'nv', logit: 0, raw: 1 - mel, calibrated: 1 - mel },
        { id: 'mel', logit: 0, raw: mel, calibrated: mel },
      ],
      decision: { positive: ['mel'], probability: mel, threshold: 0.21, above: mel >= 0.21, wanted: null },
      ...changes,
    }),
  );
const none = { confidence: false, flag: false, malignancy: false, spread: null };

describe('several models', () => {
  it('agree where there is nothing to disagree on', () => {
    expect(disagreement([])).toEqual(none);
    expect(disagreement([said(0.1)])).toEqual(none);
    expect(disagreement([said(0.1), said(0.1)])).toEqual({ ...none, spread: 0 });
  });

  it('differ on the flag, and on what they name first', () => {
    expect(disagreement([said(0.1), said(0.3)])).toMatchObject({ flag: true, malignancy: false });
    expect(disagreement([said(0.1), said(0.7)])).toMatchObject({ flag: true, malignancy: true });
    expect(disagreement([said(0.1), said(0.7)]).spread).toBeCloseTo(0.6, 12);
  });

  it('differ on whether there is a result; a flag counts all the same', () => {
    expect(disagreement([said(0.1), said(0.7, { outOfDistribution: refused })])).toMatchObject({
      confidence: true,
      flag: true,
      malignancy: false,
    });
  });

  it('are held against each other only where both flag something', () => {
    const acne = said(0.7, { decision: null }, { ...exampleCard, decision: null });
    expect(disagreement([said(0.1), acne])).toEqual(none);
  });
});
