import type { AnalysisEntry, RecordLesion, RecordPhoto } from '../../../records/record';
import type { Case } from './search';
import { shownEntry } from './shown-entry';

/** What was seen and noted of one lesion on one day. */
export interface SeenLesion {
  lesion: RecordLesion;
  /** The day's photos, the newest first. */
  photos: readonly RecordPhoto[];
  /** The answer that stands for them; null if there is no answer. */
  answer: Pick<AnalysisEntry, 'analysis' | 'otherLesions' | 'unaskedLesions'> | null;
  /** Noted on these photos. */
  impressions: RecordLesion['impressions'];
  /** What the laboratory found afterwards, before the lesion was seen again. */
  histology: RecordLesion['histology'];
}

/** A day with photos. */
export interface Visit {
  /** "2026-11-29", where the user is. */
  day: string;
  /** In the order of the cases. */
  seen: readonly SeenLesion[];
}

/**
 * The days on which a patient was photographed, over all lesions, the newest first. Histology stands with the
 * last visit before it came in; the day on which it did stands in it.
 */
export function visitsOf(cases: readonly Case[], localDay: (time: Date) => string): Visit[] {
  const dayOf = (time: string) => localDay(new Date(time));
  const visits = new Map<string, SeenLesion[]>();
  for (const { lesion, photos, entries } of cases) {
    const days = [...new Set(photos.map(({ takenAt }) => dayOf(takenAt)))];
    const cameIn = lesion.histology && dayOf(lesion.histology.recordedAt);
    // Photos are newest first, so days are too. A result that is older than every photo stands with the first.
    const biopsied = cameIn && (days.find((day) => day <= cameIn) ?? days.at(-1));
    for (const day of days) {
      const own = photos.filter(({ takenAt }) => dayOf(takenAt) === day);
      const ids = new Set(own.map(({ id }) => id));
      const seen: SeenLesion = {
        lesion,
        photos: own,
        answer: shownEntry({ photos: own, entries: entries.filter(({ photoId }) => ids.has(photoId)) }),
        impressions: lesion.impressions.filter(({ photoId }) => ids.has(photoId)),
        histology: day === biopsied ? lesion.histology : null,
      };
      visits.set(day, [...(visits.get(day) ?? []), seen]);
    }
  }
  return [...visits].map(([day, seen]) => ({ day, seen })).sort((a, b) => (a.day < b.day ? 1 : -1));
}
