import { expect, test } from 'vitest';
import { isUnmetered } from './unmetered';

test.each([
  ['a browser that says nothing, on a desk', undefined, false, true],
  ['a browser that says nothing, on a phone', undefined, true, false],
  ['a fast connection of unknown kind, on a desk', { effectiveType: '4g' }, false, true],
  ['a fast connection of unknown kind, on a phone', { effectiveType: '4g' }, true, false],
  ['a phone on Wi-Fi', { effectiveType: '4g', type: 'wifi' }, true, true],
  ['a phone on a mobile network', { effectiveType: '4g', type: 'cellular' }, true, false],
  ['a notebook on a mobile network', { effectiveType: '4g', type: 'cellular' }, false, false],
  ['a slow connection', { effectiveType: '3g', type: 'wifi' }, false, false],
  ['somebody who saves data', { saveData: true, effectiveType: '4g', type: 'wifi' }, false, false],
])('%s', (_, connection, touchFirst, unmetered) => {
  expect(isUnmetered(connection, touchFirst)).toBe(unmetered);
});
