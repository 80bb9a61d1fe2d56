import type { SavedAs } from '../../../core/patient/photo-origin';
import type { Cases } from '../../../records/cases';
import type { Records } from '../../../records/record';
import type { Workbench } from './workbench-state';

type Kept = Pick<Records, 'patients' | 'lesions'>;

/** What patient and lesion are called in the records; null where the lesion is not there. */
export function savedAs(lesionId: string, { patients, lesions }: Kept): SavedAs | null {
  const lesion = lesions.find(({ id }) => id === lesionId);
  if (!lesion) return null;
  const patient = patients.find(({ id }) => id === lesion.patientId);
  return {
    lesionId,
    patient: patient?.alias.trim() || null,
    lesion: lesion.label.trim() || null,
    side: lesion.side,
  };
}

/** Whether there is anything to say of it; of a lesion that is not in the records any longer there is not. */
export const isNamed = (saved: SavedAs | null): saved is SavedAs => Boolean(saved?.patient ?? saved?.lesion);

/**
 * Keeps what the queue's photos are said to be saved as in step with the records: a new name is the photo's too, and
 * what was deleted, or taken away with the database, has no names until it is there again. A photo of a lesion that
 * was never in these records stays as its file has it.
 */
export function followRecords(
  workbench: Pick<Workbench, 'store' | 'setSaved'>,
  { store }: Pick<Cases, 'store'>,
) {
  store.subscribe(({ records }, { records: before }) => {
    if (records.lesions === before.lesions && records.patients === before.patients) return;
    for (const { id, saved } of workbench.store.getState().photos) {
      if (!saved?.lesionId) continue;
      const { lesionId } = saved;
      const known = savedAs(lesionId, records);
      const gone = !known && before.lesions.some((lesion) => lesion.id === lesionId);
      const now = gone ? { lesionId, patient: null, lesion: null, side: null } : known;
      if (now && !same(now, saved)) workbench.setSaved([id], now);
    }
  });
}

const same = (a: SavedAs, b: SavedAs) =>
  a.patient === b.patient && a.lesion === b.lesion && a.side === b.side && a.lesionId === b.lesionId;
