import { expect, test } from 'vitest';
import { type DayMemory, noteDay, provenTime } from './days-of-use';

function memory(kept = ''): DayMemory & { kept: () => string } {
  return {
    read: () => kept || null,
    write: (days) => {
      kept = days;
    },
    kept: () => kept,
  };
}

const at = (day: string) => `${day}T09:00:00.000Z`;

test('a day counts once, however often the cases are opened on it', () => {
  const days = memory();
  for (const day of ['2026-03-01', '2026-03-01', '2026-03-02']) noteDay(days, at(day));
  expect(days.kept()).toBe('2026-03-01 2026-03-02');
  expect(provenTime(noteDay(days, at('2026-03-01')))).toBeNull();
});

test('a clock that is years ahead once proves nothing', () => {
  const days = memory('2026-03-01 2026-03-02 2026-03-03');
  expect(provenTime(noteDay(days, at('2031-01-01')))).toBe('2026-03-02T00:00:00.000Z');
});

test('days of a wrong clock are forgotten in time', () => {
  const days = memory('2031-01-01 2031-01-02');
  for (let day = 1; day <= 12; day++) noteDay(days, at(`2026-03-${String(day).padStart(2, '0')}`));
  expect(days.kept()).not.toContain('2031');
});

test('what is kept and is no list of days is left out', () => {
  expect(noteDay(memory('<html> 2026-3-1 2026-03-01'), at('2026-03-02'))).toEqual([
    '2026-03-01',
    '2026-03-02',
  ]);
});
