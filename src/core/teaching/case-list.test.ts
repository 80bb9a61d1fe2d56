import { expect, test } from 'vitest';
import { caseListSchema } from './case-list';

test('a photo needs nothing but its name', () => {
  const { samples } = caseListSchema.parse({ samples: [{ file: 'one.jpg' }] });
  expect(samples).toEqual([{ file: 'one.jpg', credit: '', synthetic: false, structures: [] }]);
});

test.each([
  ['a path', { file: '../one.jpg' }],
  ['another diagnosis', { file: 'one.jpg', diagnosis: 'psoriasis' }],
  ['another structure', { file: 'one.jpg', structures: ['sparkle'] }],
])('%s is refused', (_, entry) => {
  expect(caseListSchema.safeParse({ samples: [entry] }).success).toBe(false);
});
