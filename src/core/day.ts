/** Days as the user's calendar has them. Times are kept in UTC; a day begins and ends where the user is. */

/** The day of a time where the user is, as "2026-11-29". */
export function localDay(time: Date = new Date()): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${String(time.getFullYear()).padStart(4, '0')}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/**
 * Noon of a day where the user is (ISO 8601, UTC), which is that day in nearly every other place too. Null
 * for what is no day, lies before 1900 or after today: a year of five digits is a slip of the hand.
 */
export function noonOf(day: string, today: string = localDay()): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day < '1900-01-01' || day > today) return null;
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const noon = new Date(year, month - 1, date, 12);
  return localDay(noon) === day ? noon.toISOString() : null;
}
