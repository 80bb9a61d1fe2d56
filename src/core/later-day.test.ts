import { expect, test } from 'vitest';
import { isDay, monthsAfter } from './later-day';

test('months later it is the same day, or the last of a shorter month', () => {
  expect(monthsAfter('2026-11-29', 3)).toBe('2027-02-28');
  expect(monthsAfter('2026-01-31', 1)).toBe('2026-02-28');
  expect(monthsAfter('2026-12-15', 12)).toBe('2027-12-15');
});

test('a day of the calendar may lie ahead', () => {
  expect(['2027-02-28', '2200-12-31'].every(isDay)).toBe(true);
  expect(['2027-02-29', '12027-02-01', '1899-12-31', '', '2027-2-1'].some(isDay)).toBe(false);
});
