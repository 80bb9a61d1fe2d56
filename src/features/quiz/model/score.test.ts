import { describe, expect, it } from 'vitest';
import { exampleCard } from '../../../core/fixtures/analysis';
import { diagnoses } from '../../../core/teaching/case-list';
import { cardFigures, together } from './card-figures';
import type { MachineAnswer } from './machine-answer';
import { type Attempt, isRight, scoreOf } from './score';

let count = 0;
const attempt = (
  truth: Attempt['truth'],
  choice: Attempt['choice'],
  photo = `photo ${count++}`,
): Attempt => ({
  photo,
  truth,
  choice,
  at: '2026-01-02T03:04:05.000Z',
});

describe('a score', () => {
  it('is right by the diagnosis, or by benign or not, as it was asked', () => {
    expect(isRight(attempt('mel', 'mel'))).toBe(true);
    expect(isRight(attempt('mel', 'bcc'))).toBe(false);
    expect(isRight(attempt('akiec', 'malignant'))).toBe(true);
    expect(isRight(attempt('df', 'malignant'))).toBe(false);
  });

  it('counts repeats in the whole, and the first answer to each photo in every figure', () => {
    const score = scoreOf([
      attempt('mel', 'nv', 'a'),
      attempt('mel', 'mel', 'a'),
      attempt('nv', 'nv', 'b'),
      attempt('bkl', 'bkl', 'c'),
    ]);
    expect(score.all).toMatchObject({ hits: 3, count: 4 });
    expect(score.first).toMatchObject({ hits: 2, count: 3 });
    expect(score.classes.mel).toMatchObject({ hits: 0, count: 1 });
    expect(score.classes.vasc).toEqual({ hits: 0, count: 0, rate: null });
  });

  it('takes a carcinoma called melanoma as found: sensitivity is about what must not be missed', () => {
    const score = scoreOf([
      attempt('bcc', 'mel'),
      attempt('akiec', 'malignant'),
      attempt('mel', 'nv'),
      attempt('nv', 'benign'),
      attempt('df', 'vasc'),
      attempt('bkl', 'mel'),
    ]);
    expect(score.sensitivity).toMatchObject({ hits: 2, count: 3 });
    expect(score.specificity).toMatchObject({ hits: 2, count: 3 });
    // Wilson, by hand: 2 of 3.
    expect(score.sensitivity.rate?.low).toBeCloseTo(0.2077, 4);
    expect(score.sensitivity.rate?.high).toBeCloseTo(0.9385, 4);
    // Only those with seven to choose from.
    expect(score.first.count).toBe(4);
  });
});

const seven = {
  ...exampleCard,
  classes: diagnoses.map((id) => ({ ...exampleCard.classes[0], id })) as typeof exampleCard.classes,
  decision: {
    ...(exampleCard.decision as NonNullable<typeof exampleCard.decision>),
    positive: ['akiec', 'bcc', 'mel'],
    intervals: {
      sensitivity: { value: 0.88, low: 0.83, high: 0.92 },
      specificity: { value: 0.8, low: 0.7, high: 0.9 },
    },
  },
};

describe('the figures of a card beside a score', () => {
  it('are there where the card flags the very classes that must not be missed', () => {
    expect(cardFigures(seven, true).sensitivity?.value).toBe(0.88);
  });

  it('are left out where the card flags others, or tells fewer diagnoses', () => {
    const other = { ...seven, decision: { ...seven.decision, positive: ['mel'] } };
    expect(cardFigures(other, true).sensitivity).toBeNull();
    expect(cardFigures(seven, false)).toMatchObject({ sensitivity: null, accuracy: null, classes: {} });
  });

  it('on the same photos, student and machine are counted by what the student was asked', () => {
    const answer = (
      photo: string,
      first: string,
      flagged: boolean,
      noResult = false,
    ): [string, MachineAnswer] => [
      photo,
      { photo, asked: 'x', packageId: 'p', probabilities: [], first, flagged, noResult, opinions: [] },
    ];
    const answers = new Map([
      answer('a', 'mel', true),
      answer('b', 'nv', true),
      answer('c', 'nv', false),
      answer('d', 'nv', false, true),
    ]);
    const attempts = [
      attempt('mel', 'nv', 'a'),
      attempt('mel', 'mel', 'a'),
      attempt('nv', 'benign', 'b'),
      attempt('nv', 'nv', 'c'),
      attempt('nv', 'nv', 'd'),
      attempt('nv', 'nv', 'never asked'),
    ];
    expect(together(attempts, answers, true)).toEqual({ count: 3, student: 2, machine: 2 });
  });
});
