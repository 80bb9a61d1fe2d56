import { formatDate } from '../../../core/date-locale';

/**
 * The day of a time where the user is, as people here write it, such as "21 Nov 2026". Photos are dated by
 * day.
 */
export function formatDay(time: string, language: string): string {
  return formatDate(time, language);
}
