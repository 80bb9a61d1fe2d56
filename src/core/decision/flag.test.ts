import { describe, expect, it } from 'vitest';
import { digitsApart, flaggedKinds, flagOf, worstKind } from './flag';

const name = { en: 'x', ko: '엑스' };
const cardClass = (id: string, kind: 'benign' | 'premalignant' | 'malignant') => ({
  id,
  kind,
  name,
  description: name,
});
const classes = [
  cardClass('akiec', 'premalignant'),
  cardClass('mel', 'malignant'),
  cardClass('nv', 'benign'),
];
const rule = {
  positive: ['akiec', 'mel'],
  targetSensitivity: 0.9,
  threshold: 0.2,
  sensitivity: 0.88,
  specificity: 0.81,
  curve: [
    { threshold: 0.05, sensitivity: 0.98, specificity: 0.5 },
    { threshold: 0.5, sensitivity: 0.6, specificity: 0.95 },
  ],
};
const decision = { positive: rule.positive, probability: 0.34, threshold: 0.2, above: true, wanted: null };

describe('a flag', () => {
  it('names what it adds up, the sensitivity that it was set for, and what it was worth', () => {
    expect(flagOf(decision, rule, classes)).toEqual({
      flagged: true,
      probability: 0.34,
      threshold: 0.2,
      digits: 0,
      positive: ['akiec', 'mel'],
      added: 'malignant-premalignant',
      target: 0.9,
      chosen: false,
      measured: { sensitivity: 0.88, specificity: 0.81, intervals: null, samePhotos: false },
    });
  });

  it('is worth what the curve says at a sensitivity that the user chose', () => {
    const moved = { ...decision, threshold: 0.5, above: false, wanted: 0.6 };
    expect(flagOf(moved, rule, classes)).toMatchObject({
      flagged: false,
      target: 0.6,
      chosen: true,
      // Read off the curve of the test photos: to be said.
      measured: { sensitivity: 0.6, specificity: 0.95, samePhotos: true },
    });
    expect(flagOf({ ...decision, threshold: 0.3, wanted: 0.8 }, rule, classes).measured).toBeNull();
  });

  it('is worth what was measured on other photos, where the threshold was chosen on those of validation', () => {
    const sensitivity = { value: 0.93, low: 0.89, high: 0.96 };
    const specificity = { value: 0.6, low: 0.55, high: 0.65 };
    const offered = { targetSensitivity: 0.95, threshold: 0.05, sensitivity, specificity };
    const moved = { ...decision, threshold: 0.05, wanted: 0.95 };
    const by = { ...rule, thresholds: [offered] };
    const honest = { sensitivity: 0.93, specificity: 0.6, intervals: { sensitivity, specificity } };
    expect(flagOf(moved, by, classes).measured).toEqual({ ...honest, samePhotos: false });
    // The same threshold, chosen for another sensitivity before the card offered it.
    expect(flagOf({ ...moved, wanted: 0.98 }, by, classes).measured).toMatchObject({ samePhotos: true });
    expect(flagOf(moved, { ...by, fittedOn: 'test' }, classes).measured).toMatchObject({ samePhotos: true });
  });

  it('flatters where the card’s own threshold was fitted on the photos that it is measured on', () => {
    const onTest = { ...rule, fittedOn: 'test' as const };
    expect(flagOf(decision, onTest, classes).measured).toMatchObject({ samePhotos: true });
    expect(flagOf(decision, { ...rule, fittedOn: null }, classes).measured).toMatchObject({
      samePhotos: false,
    });
  });
});

describe('the digits', () => {
  it('are as few as tell two shares apart, and never leave them equal', () => {
    expect(digitsApart(0.34, 0.2)).toBe(0);
    expect(digitsApart(0.204, 0.2)).toBe(1);
    expect(digitsApart(0.20017, 0.200171)).toBe(4);
    expect(digitsApart(0.002, 0.004)).toBe(1);
  });
});

describe('kinds', () => {
  it('are named by what is added, and by nothing where a benign class is', () => {
    expect(flaggedKinds(['malignant'])).toBe('malignant');
    expect(flaggedKinds(['premalignant', 'malignant'])).toBe('malignant-premalignant');
    expect(flaggedKinds(['premalignant'])).toBe('premalignant');
    expect(flaggedKinds(['malignant', 'benign'])).toBe('classes');
  });

  it('of several the most urgent counts', () => {
    expect(worstKind(['benign', 'malignant', 'premalignant'])).toBe('malignant');
    expect(worstKind(['benign'])).toBe('benign');
    expect(worstKind([])).toBe('benign');
  });
});
