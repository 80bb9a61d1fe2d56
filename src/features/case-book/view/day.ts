/**
 * A day as people here write it, such as "21 Nov 2026". Photos are dated by day; the hour would change with
 * the time zone.
 */
export function formatDay(time: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(time));
}
