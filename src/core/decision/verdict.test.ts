import { describe, expect, it } from 'vitest';
import { exampleCard } from '../fixtures/analysis';
import { topAnswer, verdictOf } from './verdict';

const probabilities = [
  { id: 'nv', logit: 0, raw: 0.3, calibrated: 0.35 },
  { id: 'mel', logit: 0, raw: 0.7, calibrated: 0.65 },
];
const inDistribution = { score: 1, threshold: 2, inDistribution: true, refused: false };

describe('verdictOf', () => {
  it('names the most probable class of a familiar photo', () => {
    const verdict = verdictOf(
      { probabilities, conformalSet: ['mel'], outOfDistribution: inDistribution },
      true,
    );
    expect(verdict).toEqual({ kind: 'answer', mostProbable: 'mel' });
  });

  it('gives no result for a photo unlike the training photos, however sure the model is', () => {
    const outOfDistribution = { score: 3, threshold: 2, inDistribution: false, refused: true };
    const verdict = verdictOf({ probabilities, conformalSet: ['mel'], outOfDistribution }, true);
    expect(verdict).toEqual({ kind: 'no-result', why: 'out-of-distribution' });
  });

  it('answers for a photo that is unusual and no more', () => {
    const outOfDistribution = { score: 3, threshold: 2, inDistribution: false, refused: false };
    const verdict = verdictOf({ probabilities, conformalSet: ['mel'], outOfDistribution }, true);
    expect(verdict.kind).toBe('answer');
  });

  it('gives no result when no class conforms', () => {
    const verdict = verdictOf({ probabilities, conformalSet: [], outOfDistribution: inDistribution }, true);
    expect(verdict).toEqual({ kind: 'no-result', why: 'empty-set' });
  });

  it('answers without sets and without a measure of strangeness where the package has none', () => {
    const verdict = verdictOf({ probabilities, conformalSet: [], outOfDistribution: null }, false);
    expect(verdict.kind).toBe('answer');
  });
});

describe('topAnswer', () => {
  const name = { en: 'Mole', ko: '점' };
  const three = [
    { id: 'nv', logit: 0, raw: 0.3, calibrated: 0.3 },
    { id: 'nevus', logit: 0, raw: 0.3, calibrated: 0.3 },
    { id: 'mel', logit: 0, raw: 0.4, calibrated: 0.4 },
  ];
  const classes = three.map(({ id }) => ({ id, name, malignant: id === 'mel', description: name }));
  const merge = [
    { id: 'mole', name, classes: ['nv', 'nevus'] },
    { id: 'mel', name, classes: ['mel'] },
  ];
  const analysis = { probabilities: three, conformalSet: ['mel'], outOfDistribution: inDistribution };

  it('is that of the merged answers where a card has two names for one thing', () => {
    const { calibration } = exampleCard;
    expect(topAnswer({ classes, merge, calibration }, analysis)).toEqual({
      id: 'mole',
      name,
      malignant: false,
      probability: 0.6,
    });
    expect(topAnswer({ classes, merge: null, calibration }, analysis)).toMatchObject({
      id: 'mel',
      malignant: true,
    });
  });

  it('is none without a confident result', () => {
    const refused = { score: 3, threshold: 2, inDistribution: false, refused: true };
    expect(topAnswer({ ...exampleCard, classes }, { ...analysis, outOfDistribution: refused })).toBeNull();
  });
});
