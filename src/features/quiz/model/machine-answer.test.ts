import { describe, expect, it } from 'vitest';
import type { Card } from '../../../core/card/card';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { diagnoses } from '../../../core/teaching/case-list';
import {
  answerFrom,
  difficultyOf,
  type MachineAnswer,
  machineCards,
  machineRight,
  mapDoubt,
  mapFrom,
} from './machine-answer';

const sevenCard = (id: string): Card => ({
  ...exampleCard,
  id,
  classes: diagnoses.map((id) => ({ ...exampleCard.classes[0], id })) as typeof exampleCard.classes,
});

describe('the machine that is asked', () => {
  it('is one that tells the seven diagnoses apart, with another network beside it', () => {
    const cards = machineCards([exampleCard, sevenCard('one'), sevenCard('two')]);
    expect(cards).toMatchObject({ card: { id: 'one' }, beside: { id: 'two' }, tellsAll: true });
    expect(cards?.networks.map(({ id }) => id)).toEqual(['one', 'two']);
  });

  it('is one that tells fewer if no other is offered, and null if none fits', () => {
    expect(machineCards([exampleCard])).toMatchObject({ beside: null, tellsAll: false });
    expect(machineCards([{ ...exampleCard, domain: 'phone' }])).toBeNull();
  });

  it('never needs more than a photo', () => {
    expect(machineCards([{ ...sevenCard('asks'), task: 'fusion' } as Card])).toBeNull();
  });
});

const about = { photo: 'a'.repeat(64), asked: 'b' };

describe('what is kept of an analysis', () => {
  it('is the first class, the flag, each opinion, and the evidence for what is explained', () => {
    const analysis = exampleAnalysis();
    const answer = answerFrom(about, { card: exampleCard, beside: null }, analysis, null);
    expect(answer).toMatchObject({ ...about, first: 'nv', flagged: true, noResult: false });
    expect(answer.sum).toEqual({ probability: 0.3, threshold: 0.21 });
    expect(answer.opinions).toEqual([{ packageId: exampleCard.id, first: 'nv', flagged: true }]);
    // A flagged photo is explained by the class that is flagged.
    expect(mapFrom(exampleCard, analysis)).toMatchObject({ classId: 'mel', width: 2, height: 1 });
  });

  it('has no sum without a threshold', () => {
    const analysis = exampleAnalysis({ decision: null });
    const answer = answerFrom(about, { card: exampleCard, beside: null }, analysis, null);
    expect(answer).not.toHaveProperty('sum');
    expect(answer.flagged).toBeNull();
  });

  it('knows a map that points at nothing', () => {
    const map = { classId: 'mel', width: 4, height: 4, square: { left: 0, top: 0, side: 4 } };
    const photo = { width: 4, height: 4 };
    expect(mapDoubt({ ...map, photo, values: new Float32Array(16).fill(1) })).toBe('flat');
    const peak = Float32Array.from({ length: 16 }, (_, at) => (at === 5 ? 1 : 0));
    expect(mapDoubt({ ...map, photo, values: peak })).toBeNull();
  });

  it('is the opinion of each member of a panel', () => {
    const member = (packageId: string, logits: number[], flagged: boolean) => ({
      ...{ packageId, packageVersion: '1', packageHash: 'c', weight: 0.5, logits, probability: 0.1, flagged },
    });
    const panel = [member('one', [3, 1], false), member('two', [0, 1], true)];
    const answer = answerFrom(about, { card: exampleCard, beside: null }, exampleAnalysis({ panel }), null);
    expect(answer.opinions).toEqual([
      { packageId: 'one', first: 'nv', flagged: false },
      { packageId: 'two', first: 'mel', flagged: true },
    ]);
    expect(difficultyOf(answer)).toBe('part');
  });
});

const said = (changes: Partial<MachineAnswer>): MachineAnswer => ({
  ...about,
  packageId: 'one',
  probabilities: [
    { id: 'nv', probability: 0.9 },
    { id: 'mel', probability: 0.1 },
  ],
  first: 'nv',
  flagged: false,
  noResult: false,
  opinions: [],
  ...changes,
});

describe('the difficulty of a photo', () => {
  const opinion = (first: string, flagged: boolean | null) => ({ packageId: 'x', first, flagged });
  it.each([
    ['the same class and flag', [opinion('nv', false), opinion('nv', false)], 'agree'],
    ['another class first', [opinion('nv', false), opinion('bkl', false)], 'part'],
    ['another flag', [opinion('nv', false), opinion('nv', true)], 'part'],
    ['one without a threshold', [opinion('nv', null), opinion('nv', true)], 'agree'],
    ['two words for one diagnosis', [opinion('nv', false), opinion('nevus', false)], 'agree'],
  ])('%s', (_, opinions, difficulty) => {
    expect(difficultyOf(said({ opinions }))).toBe(difficulty);
  });

  it('goes by the margin of a network that is alone, and is not measured before anybody was asked', () => {
    expect(difficultyOf(said({}))).toBe('agree');
    const close = said({
      probabilities: [
        { id: 'nv', probability: 0.6 },
        { id: 'mel', probability: 0.4 },
      ],
    });
    expect(difficultyOf(close)).toBe('part');
    expect(difficultyOf(undefined)).toBe('not-measured');
  });
});

describe('whether the machine was right', () => {
  const mel = { diagnosis: 'mel' } as const;
  it('is by its first class, or by its flag where benign or not was asked', () => {
    expect(machineRight(said({ first: 'mel' }), mel, 'nv', true)).toBe(true);
    expect(machineRight(said({ first: 'nv', flagged: true }), mel, 'benign', true)).toBe(true);
    expect(machineRight(said({ flagged: false }), mel, 'benign', true)).toBe(false);
  });

  it('is not said where it gave no result, or does not know the diagnoses', () => {
    expect(machineRight(said({ noResult: true }), mel, 'nv', true)).toBeNull();
    expect(machineRight(said({ first: 'mel' }), mel, 'nv', false)).toBeNull();
  });
});
