import { expect, test } from 'vitest';
import { coarseProbabilities, conformalSet, decide, softmax, targetSensitivity } from './probability';

test('softmax: known values, a sum of 1, temperature flattens', () => {
  const [a = 0, b = 0] = softmax([Math.log(3), 0]);
  expect(a).toBeCloseTo(0.75, 12);
  expect(b).toBeCloseTo(0.25, 12);
  const [warm = 0] = softmax([Math.log(9), 0], 2);
  expect(warm).toBeCloseTo(0.75, 12);
});

test('softmax: logits far beyond the range of exp', () => {
  expect(softmax([1000, 0])).toEqual([1, 0]);
  expect(softmax([-1000, -1000])).toEqual([0.5, 0.5]);
});

test('conformal set: at least 1 - quantile, most probable first, may be empty', () => {
  const ids = ['nv', 'mel', 'bkl'];
  expect(conformalSet(ids, [0.25, 0.5, 0.25], 0.75)).toEqual(['mel', 'nv', 'bkl']);
  expect(conformalSet(ids, [0.24, 0.52, 0.24], 0.75)).toEqual(['mel']);
  expect(conformalSet(ids, [0.3, 0.4, 0.3], 0.5)).toEqual([]);
});

test('decision: positive classes are added up; the threshold itself is above', () => {
  const rule = {
    positive: ['mel', 'bcc'],
    threshold: 0.5,
    sensitivity: 1,
    specificity: 1,
    rule: '',
    curve: [],
  };
  expect(decide(rule, ['nv', 'mel', 'bcc'], [0.5, 0.25, 0.25])).toEqual({
    positive: ['mel', 'bcc'],
    probability: 0.5,
    threshold: 0.5,
    above: true,
  });
  expect(decide(rule, ['nv', 'mel', 'bcc'], [0.6, 0.2, 0.2]).above).toBe(false);
});

test('merge: one sum a group', () => {
  const name = { en: 'x', ko: 'x' };
  const groups = [
    { id: 'nevus', name, classes: ['nv_ham', 'nv_isic'] },
    { id: 'mel', name, classes: ['mel'] },
  ];
  const coarse = coarseProbabilities(groups, ['nv_ham', 'mel', 'nv_isic'], [0.5, 0.25, 0.25]);
  expect(coarse).toEqual([
    { id: 'nevus', probability: 0.75 },
    { id: 'mel', probability: 0.25 },
  ]);
});

test('the rule of a threshold is read from the words of training, and no other', () => {
  expect(targetSensitivity('sensitivity 0.90 on validation')).toBe(0.9);
  expect(targetSensitivity('specificity 0.90 on validation')).toBeNull();
  expect(targetSensitivity('Youden')).toBeNull();
});
