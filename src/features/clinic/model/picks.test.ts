import { expect, test } from 'vitest';
import { noPicks, type PickHow, pick, pickedIds } from './picks';

const shown = ['a', 'b', 'c', 'd', 'e'];
const after = (...presses: [string, PickHow][]) =>
  presses.reduce((picks, [id, how]) => pick(picks, id, how, shown), noPicks);
const picked = (...presses: [string, PickHow][]) => pickedIds(after(...presses), shown, 'a');

test('one press picks one, and a command is for the photo that is looked at', () => {
  expect(after(['b', 'only']).ids).toEqual(['b']);
  expect(picked(['b', 'only'])).toEqual(['a']);
  expect(pickedIds(noPicks, shown, null)).toEqual([]);
});

test('Shift picks all from the last one, either way, and goes on from the same end', () => {
  expect(picked(['b', 'only'], ['d', 'range'])).toEqual(['b', 'c', 'd']);
  expect(picked(['d', 'only'], ['b', 'range'])).toEqual(['b', 'c', 'd']);
  expect(picked(['c', 'only'], ['e', 'range'], ['a', 'range'])).toEqual(['a', 'b', 'c']);
});

test('Ctrl puts one in and takes it out; commands go in the order of the queue', () => {
  expect(picked(['d', 'only'], ['a', 'toggle'], ['b', 'toggle'])).toEqual(['a', 'b', 'd']);
  expect(picked(['d', 'only'], ['a', 'toggle'], ['b', 'toggle'], ['a', 'toggle'])).toEqual(['b', 'd']);
});

test('what a filter hides is in no command', () => {
  const picks = after(['a', 'only'], ['e', 'range']);
  expect(pickedIds(picks, ['b', 'e'], 'b')).toEqual(['b', 'e']);
  expect(pickedIds(picks, ['b'], 'b')).toEqual(['b']);
});
