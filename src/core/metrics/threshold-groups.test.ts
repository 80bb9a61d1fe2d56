import { expect, test } from 'vitest';
import { measureAtThreshold } from './threshold-groups';
import { wilson } from './wilson';

test('sensitivity and specificity of each part by counting, and nothing under twenty images of a side', () => {
  // 30 with it, 50 without; women first.
  const positive = Array.from({ length: 80 }, (_, index) => index % 8 < 3);
  const scores = positive.map((is, index) =>
    is ? (index % 16 < 8 ? 0.9 : 0.2) : index % 5 === 0 ? 0.6 : 0.1,
  );
  const groups = positive.map((_, index) => String(index));
  const sex = positive.map((_, index) => (index < 64 ? 'female' : 'male'));
  const rows = measureAtThreshold({ scores, positive, groups }, 0.5, { sex });
  expect(rows.map(({ field, value }) => `${field} ${value}`)).toEqual(['all all', 'sex female', 'sex male']);
  const [all, women, men] = rows;
  const found = positive.filter((is, index) => is && (scores[index] as number) >= 0.5).length;
  expect(all?.sensitivity).toMatchObject({ count: 30, right: found, rate: { value: found / 30 } });
  expect(all?.sensitivity.rate?.low).toBeCloseTo(wilson(found, 30)?.low ?? 0, 12);
  const cleared = positive.filter((is, index) => !is && (scores[index] as number) < 0.5).length;
  expect(all?.specificity).toMatchObject({ count: 50, right: cleared });
  expect(women?.sensitivity.count).toBe(24);
  // Six men with it, ten without.
  expect(men).toMatchObject({
    sensitivity: { count: 6, rate: null },
    specificity: { count: 10, rate: null },
  });
});

test('a field of one value is no row', () => {
  const rows = measureAtThreshold({ scores: [0.1], positive: [true], groups: ['a'] }, 0.5, { sex: ['male'] });
  expect(rows).toHaveLength(1);
});
