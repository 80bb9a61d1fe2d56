import { expect, test } from 'vitest';
import { goldenMask, integerRamp, unknownMetadata } from './golden';

test('integer ramp: the formula, at places worked out by hand', () => {
  const ramp = integerRamp(224, 224, 3);
  const at = (y: number, x: number, c: number) => ramp[(y * 224 + x) * 3 + c];
  expect(at(0, 0, 0)).toBe(0);
  expect(at(0, 1, 2)).toBe(7 + 62);
  expect(at(3, 5, 1)).toBe(35 + 39 + 31 + 1);
  expect(at(200, 100, 0)).toBe((700 + 2600 + 2500) % 256);
});

test('golden mask: a disc of a quarter of the width, its rim outside', () => {
  const mask = goldenMask(8, 8);
  expect(mask[4 * 8 + 4]).toBe(1);
  expect(mask[4 * 8 + 6]).toBe(0);
  expect(mask.reduce((sum, value) => sum + value, 0)).toBe(9);
});

test('unknown metadata: the last place of every group', () => {
  const name = { en: 'x', ko: 'x' };
  const choices = [{ id: 'female', name, values: ['female'] }];
  const fields = [
    { id: 'age', name, kind: 'bins' as const, offset: 0, size: 3, edges: [0, 10] },
    { id: 'sex', name, kind: 'choice' as const, offset: 3, size: 2, choices },
  ];
  expect([...unknownMetadata({ width: 5, fields })]).toEqual([0, 0, 1, 0, 1]);
});
