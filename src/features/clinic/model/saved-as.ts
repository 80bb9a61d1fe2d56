import type { SavedAs } from '../../../core/patient/photo-origin';
import type { Cases, CasesState } from '../../../records/cases';
import type { Records } from '../../../records/record';
import type { Workbench } from './workbench-state';

type Kept = Pick<Records, 'patients' | 'lesions'>;

/** What patient and lesion are called in the records; null where the lesion is not there. */
export function savedAs(
  lesionId: string,
  photoId: string | null,
  { patients, lesions }: Kept,
): SavedAs | null {
  const lesion = lesions.find(({ id }) => id === lesionId);
  if (!lesion) return null;
  const patient = patients.find(({ id }) => id === lesion.patientId);
  return {
    lesionId,
    photoId,
    patient: patient?.alias.trim() || null,
    lesion: lesion.label.trim() || null,
    side: lesion.side,
  };
}

/** What a file says that a photo was saved as: the records here may hold no such case. */
export const saidByFile = (saved: SavedAs): SavedAs => ({ ...saved, fromFile: true });

/** Whether there is anything to say of it; of a photo that is not in the records any longer there is not. */
export const isNamed = (saved: SavedAs | null): saved is SavedAs => Boolean(saved?.patient ?? saved?.lesion);

/**
 * As the records have it. What was deleted has no names, until it is there again; what only a file says stays as the
 * file has it, and marked so, for its ids may be another machine's.
 */
export function asRecorded(
  saved: SavedAs,
  records: Pick<Records, 'patients' | 'lesions' | 'photos'>,
): SavedAs {
  const { lesionId, photoId, fromFile } = saved;
  if (lesionId === null) return saved;
  // A session of before does not know which photo of the lesion it is; a file of before is not taken at its word.
  const isThere =
    photoId === null
      ? !fromFile
      : records.photos.some(({ id, lesionIds }) => id === photoId && lesionIds.includes(lesionId));
  const known = isThere ? savedAs(lesionId, photoId, records) : null;
  if (known) return known;
  return fromFile ? saved : { lesionId, photoId, patient: null, lesion: null, side: null };
}

const nothing = { patients: [], lesions: [], photos: [] };

/**
 * Keeps what the queue's photos are said to be saved as in step with the records: a new name is the photo's too, and
 * what was deleted, here or while the page was closed, is claimed no longer. The records are loaded where a photo
 * comes back with a name, for they may have changed since.
 */
export function followRecords(
  workbench: Pick<Workbench, 'store' | 'setSaved'>,
  cases: Pick<Cases, 'store' | 'load'>,
) {
  const asked = new WeakSet<SavedAs>();
  const follow = (records: Parameters<typeof asRecorded>[1]) => {
    for (const { id, saved } of workbench.store.getState().photos) {
      const now = saved && asRecorded(saved, records);
      if (now && !same(now, saved)) workbench.setSaved([id], now);
    }
  };
  cases.store.subscribe(({ state, records }, before) => {
    if (state === 'ready' && (before.state !== 'ready' || changed(records, before.records))) follow(records);
    // Taken away with the database; while it loads, not all of it is there yet.
    if (state === 'absent' && before.state === 'ready') follow(nothing);
  });
  workbench.store.subscribe(({ photos }, before) => {
    if (photos === before.photos) return;
    const fresh = photos.flatMap(({ saved }) => (saved?.lesionId && !asked.has(saved) ? saved : []));
    if (fresh.length === 0) return;
    for (const saved of fresh) asked.add(saved);
    const { state, records } = cases.store.getState();
    if (state === 'ready') follow(records);
    else if (state === 'absent' && fresh.some(isNamed)) void cases.load();
  });
}

const changed = (now: CasesState['records'], before: CasesState['records']) =>
  now.lesions !== before.lesions || now.patients !== before.patients || now.photos !== before.photos;

const same = (a: SavedAs, b: SavedAs) =>
  a.patient === b.patient && a.lesion === b.lesion && a.side === b.side && a.fromFile === b.fromFile;
