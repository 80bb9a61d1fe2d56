import type { Patient, RecordLesion } from '../../../records/record';
import type { Case } from './search';

/** Somebody who is to be seen again: a patient, or a single lesion. */
export interface Due {
  /** "2026-11-29", a day of the user's calendar. */
  day: string;
  /** Null for a lesion of nobody. */
  patient: Patient | null;
  /** Null where the whole patient is due. */
  lesion: RecordLesion | null;
  /** Days from today: negative where it is overdue, 0 today. */
  inDays: number;
}

/**
 * Who is due, the one who waits longest first. A date is met, and no longer listed, once a photo was taken on
 * that day or later: of any lesion for a patient's date, of that lesion for its own. `localDay` is the day of
 * a time where the user is.
 */
export function dueOf(
  cases: readonly Case[],
  patients: readonly Patient[],
  today: string,
  localDay: (time: Date) => string,
): Due[] {
  const lastDay = (photos: readonly { takenAt: string }[]) =>
    photos
      .map(({ takenAt }) => localDay(new Date(takenAt)))
      .sort()
      .at(-1) ?? '';
  const lastOf = new Map<string, string>();
  for (const { patient, photos } of cases) {
    if (!patient) continue;
    const last = lastDay(photos);
    if (last > (lastOf.get(patient.id) ?? '')) lastOf.set(patient.id, last);
  }
  const due = (day: string | null, last: string, of: Pick<Due, 'patient' | 'lesion'>): Due[] =>
    day === null || last >= day ? [] : [{ day, ...of, inDays: daysBetween(today, day) }];
  return [
    ...patients.flatMap((patient) =>
      due(patient.nextVisit, lastOf.get(patient.id) ?? '', { patient, lesion: null }),
    ),
    ...cases.flatMap(({ lesion, patient, photos }) =>
      due(lesion.nextVisit, lastDay(photos), { patient, lesion }),
    ),
  ].sort((a, b) => a.inDays - b.inDays);
}

/** Whole days from one day to another, both as "2026-11-29". */
function daysBetween(from: string, to: string): number {
  // Of days without hours, so that a change of summer time adds none.
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
