import { afterEach, expect, test } from 'vitest';
import { localDay, noonOf } from './day';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test.each([
  ['Asia/Seoul', '2026-03-13'],
  ['UTC', '2026-03-12'],
  ['America/Los_Angeles', '2026-03-12'],
])('in %s an evening of UTC is %s', (place, day) => {
  process.env.TZ = place;
  expect(localDay(new Date('2026-03-12T20:00:00.000Z'))).toBe(day);
  // What is typed comes back as the same day.
  expect(localDay(new Date(noonOf('2026-03-12', '2026-12-31') ?? ''))).toBe('2026-03-12');
});

test('what is no day of the past is refused', () => {
  const days = ['12026-03-12', '2026-02-30', '1026-03-12', '2026-03-13', '', 'yesterday'];
  expect(days.map((day) => noonOf(day, '2026-03-12'))).toEqual(days.map(() => null));
  expect(noonOf('2026-03-12', '2026-03-12')).not.toBeNull();
});
