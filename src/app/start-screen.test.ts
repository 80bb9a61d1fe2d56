import { expect, test } from 'vitest';
import { startPath } from './start-screen';

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
