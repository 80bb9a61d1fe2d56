import { expect, test } from 'vitest';
import { isPhone, startPath } from './start-screen';

test.each([
  ['', false, null, null],
  ['', false, 'clinic', null],
  ['', true, null, 'self-check'],
  ['', true, 'clinic', 'clinic'],
  ['', true, '', null],
  ['', true, 'nowhere', 'self-check'],
  ['clinic', true, null, null],
  ['kiosk', true, 'self-check', null],
] as const)('address "%s", phone %s, kept %s: begins at %s', (path, phone, kept, start) => {
  expect(startPath(path, phone, kept)).toBe(start);
});

test.each([
  ['a phone', true, 390, 844, true],
  ['a phone held sideways', true, 844, 390, true],
  ['a large phone held sideways', true, 932, 430, true],
  ['a tablet', true, 744, 1133, false],
  ['a tablet held sideways', true, 1133, 744, false],
  ['a low window with a mouse', false, 844, 390, false],
] as const)('%s', (_, coarse, width, height, phone) => {
  expect(isPhone({ coarse, width, height })).toBe(phone);
});
