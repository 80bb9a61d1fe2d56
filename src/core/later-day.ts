import { localDay } from './day';

/** Days ahead, such as that of the next visit. */

/** The same day some months later, or the last of that month where it has no such day: "2026-02-28". */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(year, month - 1 + months + 1, 0);
  return localDay(new Date(last.getFullYear(), last.getMonth(), Math.min(date, last.getDate())));
}

/** Whether it is a day at all, between 1900 and 2200. */
export function isDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day < '1900-01-01' || day > '2200-12-31') return false;
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return localDay(new Date(year, month - 1, date, 12)) === day;
}
