import type { Analysis } from '../../../core/analysis';
import type { OtherLesion, UnaskedLesions } from '../../../core/report/other-lesions';
import type { Case } from './search';
import { shownEntry } from './shown-entry';

/** What was measured of a lesion on one day. */
export interface TimelinePoint {
  photoId: string;
  entryId: string;
  /** When the photo was taken; ISO 8601, UTC. */
  takenAt: string;
  analysis: Analysis;
  /** What was said of the other lesions in the photo. */
  otherLesions: readonly OtherLesion[] | undefined;
  unaskedLesions: readonly UnaskedLesions[] | undefined;
  /** Largest diameter in millimetres; null without an outline or a scale. */
  diameter: number | null;
  /** In square millimetres. */
  area: number | null;
  /** Largest diameter and area in pixels, for photos without a scale; null without an outline. */
  pixels: { diameter: number; area: number } | null;
}

/** One moment a photo that the package has answered for, by the answer that stands for it, the oldest photo first. */
export function timelineOf({ photos, entries }: Case, packageId: string): TimelinePoint[] {
  return photos
    .flatMap((photo): TimelinePoint[] => {
      const own = entries.filter(
        ({ photoId, analysis }) => photoId === photo.id && analysis.provenance.packageId === packageId,
      );
      const entry = shownEntry({ photos: [photo], entries: own });
      if (!entry) return [];
      const analysis: Analysis = entry.analysis;
      const form = analysis.lesion?.morphology ?? null;
      const { scale } = photo;
      return [
        {
          photoId: photo.id,
          entryId: entry.id,
          takenAt: photo.takenAt,
          analysis,
          otherLesions: entry.otherLesions,
          unaskedLesions: entry.unaskedLesions,
          diameter: form && scale !== null ? form.diameter.pixels * scale : null,
          area: form && scale !== null ? form.area * scale ** 2 : null,
          pixels: form && { diameter: form.diameter.pixels, area: form.area },
        },
      ];
    })
    .sort((a, b) => a.takenAt.localeCompare(b.takenAt));
}

/** The packages that have answered for a case, the one with most answers first. */
export function packagesOf({ entries }: Case): string[] {
  const counts = new Map<string, number>();
  for (const { analysis } of entries) {
    const id = analysis.provenance.packageId;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}

/** Whether another model may have said something else than the answer that is shown. */
export const hasSeveralModels = (lesionCase: Case): boolean => packagesOf(lesionCase).length > 1;
