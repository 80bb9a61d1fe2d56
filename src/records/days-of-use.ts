/**
 * On which days the cases were opened. What was deleted goes for good by the calendar of several days, so
 * that a clock that is wrong once takes nothing away that could still be undone.
 */

/** So many different days have to be past a date before it counts as past. */
const daysNeeded = 3;
/** Days of a wrong clock leave the list in the end. */
const daysKept = 12;

export interface DayMemory {
  read(): string | null;
  write(days: string): void;
}

/** Notes today (ISO 8601) and answers the days, in the order in which they came. */
export function noteDay(memory: DayMemory, now: string): string[] {
  const before = (memory.read() ?? '').split(' ').filter((day) => /^\d{4}-\d\d-\d\d$/.test(day));
  const day = now.slice(0, 10);
  const days = before.includes(day) ? before : [...before, day].slice(-daysKept);
  memory.write(days.join(' '));
  return days;
}

/** The latest time that is past by the word of enough different days; null where there are not enough. */
export function provenTime(days: readonly string[]): string | null {
  const latest = [...days].sort().reverse()[daysNeeded - 1];
  return latest === undefined ? null : `${latest}T00:00:00.000Z`;
}
