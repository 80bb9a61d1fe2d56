import type { AnalysisEntry, RecordPhoto } from '../../../records/record';
import { shownDecision } from './shown-decision';

/** A case's, both newest first. */
interface Answered {
  photos: readonly RecordPhoto[];
  entries: readonly AnalysisEntry[];
}

/**
 * The answer that stands for a case: of its newest photo with an answer, the newest of each package, and of these
 * a flagged one first, then the one whose sum is the farthest over its threshold. Several packages may have
 * answered one photo, and the one that was done last must not hide a flag of another. Null without an answer.
 */
export function shownEntry({ photos, entries }: Answered): AnalysisEntry | null {
  if (entries.length < 2) return entries[0] ?? null;
  const newest = photos.find(({ id }) => entries.some(({ photoId }) => photoId === id));
  const photoId = newest?.id ?? entries[0]?.photoId;
  const seen = new Set<string>();
  return entries
    .filter(({ photoId: own, analysis }) => {
      const { packageId } = analysis.provenance;
      if (own !== photoId || seen.has(packageId)) return false;
      // Entries are newest first.
      seen.add(packageId);
      return true;
    })
    .reduce<AnalysisEntry | null>((best, next) => (best && rank(best) >= rank(next) ? best : next), null);
}

/** A share over its threshold is at most 1, so that a flag is always above what is not flagged. */
function rank({ analysis }: AnalysisEntry): number {
  const decision = shownDecision(analysis);
  if (!decision) return -Infinity;
  return decision.probability - decision.threshold + (decision.above ? 2 : 0);
}
