import { expect, test } from 'vitest';
import { coarseProbabilities, decide, softmax } from './probability';

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

test('decision: positive classes are added up; the threshold itself is above', () => {
  const rule = {
    positive: ['mel', 'bcc'],
    threshold: 0.5,
    sensitivity: 1,
    specificity: 1,
    targetSensitivity: null,
    curve: [],
  };
  expect(decide(rule, ['nv', 'mel', 'bcc'], [0.5, 0.25, 0.25])).toEqual({
    positive: ['mel', 'bcc'],
    probability: 0.5,
    threshold: 0.5,
    above: true,
    wanted: null,
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
