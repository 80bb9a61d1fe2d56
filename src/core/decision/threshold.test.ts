import { describe, expect, it } from 'vitest';
import { exampleAnalysis, exampleCard } from '../fixtures/analysis';
import { decidedFor, thresholdFor } from './threshold';

const point = (threshold: number, sensitivity: number, specificity: number) => ({
  threshold,
  sensitivity,
  specificity,
});
const curve = [
  point(0, 1, 0),
  point(0.1, 0.97, 0.4),
  point(0.2, 0.95, 0.6),
  point(0.6, 0.7, 0.9),
  point(1, 0, 1),
];
const decision = {
  positive: ['mel'],
  threshold: 0.21,
  sensitivity: 0.9,
  specificity: 0.65,
  targetSensitivity: 0.9,
  curve,
};
const card = { ...exampleCard, decision };

describe('the threshold for a sensitivity', () => {
  it('is the card’s own where no sensitivity is wanted', () => {
    expect(thresholdFor(card, null)).toEqual(point(0.21, 0.9, 0.65));
  });

  it('finds at least the share wanted, and spares as many of the others as it can', () => {
    expect(thresholdFor(card, 0.95)).toEqual(point(0.2, 0.95, 0.6));
    expect(thresholdFor(card, 0.96)).toEqual(point(0.1, 0.97, 0.4));
    expect(thresholdFor(card, 0.5)).toEqual(point(0.6, 0.7, 0.9));
  });

  it('is the one that was chosen for it on other photos than it is measured on, where the card has one', () => {
    const estimate = (value: number) => ({ value, low: value - 0.05, high: value + 0.05 });
    const offered = {
      targetSensitivity: 0.95,
      threshold: 0.15,
      sensitivity: estimate(0.92),
      specificity: estimate(0.62),
    };
    const offering = { decision: { ...decision, thresholds: [offered] } };
    // It was worth less in the test than was asked for, and says so.
    expect(thresholdFor(offering, 0.95)).toEqual(point(0.15, 0.92, 0.62));
    expect(thresholdFor(offering, 0.96)).toEqual(point(0.1, 0.97, 0.4));
    expect(thresholdFor(offering, null)).toEqual(point(0.21, 0.9, 0.65));
  });

  it('is none where the card knows none', () => {
    expect(thresholdFor({ decision: null }, 0.9)).toBeNull();
    expect(thresholdFor({ decision: { ...decision, curve: [] } }, 0.9)).toBeNull();
  });

  it('moves the decision and nothing else, and is remembered as asked for', () => {
    const analysis = exampleAnalysis();
    const decided = decidedFor(card, analysis, 0.5);
    expect(decided.decision).toEqual({
      positive: ['mel'],
      probability: 0.3,
      threshold: 0.6,
      above: false,
      wanted: 0.5,
    });
    expect({ ...decided, decision: null }).toEqual({ ...analysis, decision: null });
    expect(decidedFor(card, analysis, null)).toBe(analysis);
    expect(decidedFor(card, decided, null)).toEqual(analysis);
    expect(decidedFor(card, analysis, 0.999)).toMatchObject({ decision: { threshold: 0 } });
  });

  it('leaves an answer of an earlier version of the card with its threshold, and so with its flag', () => {
    const kept = { positive: ['mel'], probability: 0.15, threshold: 0.14, above: true, wanted: null };
    const analysis = exampleAnalysis({ decision: kept });
    expect(decidedFor(card, analysis, null)).toBe(analysis);
    const asked = exampleAnalysis({ decision: { ...kept, wanted: 0.95 } });
    expect(decidedFor(card, asked, 0.95)).toBe(asked);
  });
});
