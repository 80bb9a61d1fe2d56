import { urgencyOfAnalysis } from '../../../core/decision/urgency';
import { flaggedAmong } from '../../../core/report/other-lesions';
import type { AnalysisEntry, RecordPhoto } from '../../../records/record';

/** A case's, both newest first. */
interface Answered {
  photos: readonly RecordPhoto[];
  entries: readonly AnalysisEntry[];
}

/**
 * The answer that stands for a case: of its newest photo with an answer, the newest of each package, and of these
 * the most urgent (`urgencyOf`). Several packages may have answered one photo, and the one that was done last must
 * not hide a flag of another. Of one answer that was kept at several thresholds each counts. Null without an answer.
 */
export function shownEntry({ photos, entries }: Answered): AnalysisEntry | null {
  if (entries.length < 2) return entries[0] ?? null;
  const newest = photos.find(({ id }) => entries.some(({ photoId }) => photoId === id));
  const photoId = newest?.id ?? entries[0]?.photoId;
  const seen = new Map<string, string>();
  return entries
    .filter(({ photoId: own, analysis }) => {
      if (own !== photoId) return false;
      const { packageId } = analysis.provenance;
      // Entries are newest first.
      const newestRun = seen.get(packageId) ?? analysis.createdAt;
      seen.set(packageId, newestRun);
      return analysis.createdAt === newestRun;
    })
    .reduce<AnalysisEntry | null>((best, next) => (best && rank(best) >= rank(next) ? best : next), null);
}

/**
 * An answer's own flag (3 and more) leads; a flag of another lesion in its photo comes next, before an own "no confident
 * result" (2), and another lesion's "no confident result" before what no threshold judged (1), and before a "not
 * flagged" (less): only one package may have been asked for every lesion, and the answer of another for one of them must
 * not hide what it said.
 */
function rank({ analysis, otherLesions = [] }: AnalysisEntry): number {
  const own = urgencyOfAnalysis(analysis);
  if (flaggedAmong(otherLesions).length > 0) return Math.max(own, 2.5);
  if (otherLesions.some(({ noResult }) => noResult)) return Math.max(own, 1.5);
  return otherLesions.some(({ flag }) => !flag) ? Math.max(own, 1) : own;
}
