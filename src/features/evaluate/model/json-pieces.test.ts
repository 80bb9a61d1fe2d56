import { expect, test } from 'vitest';
import { finish } from '../../../core/steps';
import { jsonPieces } from './json-pieces';

test.each([
  {},
  { a: 1, b: undefined, c: null, d: 'x"y', e: { f: [], g: {} } },
  { many: Array.from({ length: 1234 }, (_, at) => ({ at, of: [at, null] })), after: true },
])('it is what JSON.stringify makes', (object) => {
  expect(finish(jsonPieces(object)).join('')).toBe(JSON.stringify(object));
});

test('a long list is written 500 items a step', () => {
  let written = 0;
  const many = Array.from({ length: 1700 }, () => ({ toJSON: () => (written += 1) }));
  let most = 0;
  for (const steps = jsonPieces({ many }); !steps.next().done; written = 0) most = Math.max(most, written);
  expect(most).toBe(500);
});
