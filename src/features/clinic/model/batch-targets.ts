import { type BatchDraft, type DraftLesion, type Kept, knownLesions } from './batch-draft';
import type { BatchTarget, CaseEntryInput, CaseTarget } from './save-to-case';

/** Rows that are one lesion have the same key: those of one lesion in the records, and those of one label. */
function keyOf({ label, lesionId }: DraftLesion, rows: readonly DraftLesion[]): string {
  const text = label.trim();
  const id = lesionId ?? rows.find((row) => row.lesionId !== null && row.label.trim() === text)?.lesionId;
  return id === null || id === undefined ? `label ${text}` : `id ${id}`;
}

/** How many lesions would be saved: rows of one label are one. */
export const lesionCount = ({ patients }: BatchDraft): number =>
  patients.reduce((sum, { lesions }) => sum + new Set(lesions.map((row) => keyOf(row, lesions))).size, 0);

/** What still has to be given before it can be saved; null where nothing has. */
export function missingIn({ patients }: BatchDraft): 'alias' | 'label' | null {
  if (patients.some(({ id, alias, isNobody }) => !isNobody && id === null && alias.trim() === ''))
    return 'alias';
  const unnamed = ({ label, lesionId }: DraftLesion) => label.trim() === '' && lesionId === null;
  return patients.some(({ lesions }) => lesions.some(unnamed)) ? 'label' : null;
}

/**
 * The draft as it is saved. `inputOf`: a photo with all that goes into the case with it; the site is the one
 * proposed.
 */
export function targetsOf(
  { patients }: BatchDraft,
  records: Kept,
  inputOf: (photoId: string, site: string | null) => CaseEntryInput,
): (BatchTarget & { photoIds: readonly string[] })[] {
  return patients.flatMap(({ id, alias, isNobody, lesions }) => {
    const named: CaseTarget['patient'] = id === null ? { alias: alias.trim() } : { id };
    const meant = lesions.flatMap(({ lesionId }) => lesionId ?? []);
    const known = knownLesions(records, id, meant);
    const together = new Map<string, DraftLesion[]>();
    for (const row of lesions) {
      const key = keyOf(row, lesions);
      together.set(key, [...(together.get(key) ?? []), row]);
    }
    return [...together.values()].map((rows) => {
      const wanted = rows.find(({ lesionId }) => lesionId !== null)?.lesionId;
      const label = rows[0]?.label.trim() ?? '';
      const there = known.find((lesion) => (wanted ? lesion.id === wanted : lesion.label === label));
      const side = rows.find(({ side }) => side !== null)?.side ?? null;
      return {
        patient: isNobody ? null : named,
        lesion: there ? { id: there.id, side } : { label, side },
        photoIds: rows.flatMap(({ photoIds }) => photoIds),
        inputs: rows.flatMap(({ photoIds, site }) => photoIds.map((photoId) => inputOf(photoId, site))),
      };
    });
  });
}
