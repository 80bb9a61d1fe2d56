import { expect, it } from 'vitest';
import { pathOfHash } from './hash-route';

it.each([
  ['', ''],
  ['#', ''],
  ['#/', ''],
  ['#/clinic', 'clinic'],
  ['#clinic', 'clinic'],
  ['#/clinic/', 'clinic'],
  ['#/kiosk?lang=ko', 'kiosk'],
])('%s leads to "%s"', (hash, path) => {
  expect(pathOfHash(hash)).toBe(path);
});
