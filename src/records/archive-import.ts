import { z } from 'zod';
import { type Result, success } from '../core/failure';
import type { ArchiveContents } from './archive-read';
import type { CaseDatabase } from './database';
import { type Kind, kinds, type Records } from './record';
import { recordSchemas } from './record-schemas';

/** What an import would do; shown to the user before anything is written. */
export interface ImportPlan {
  /** Ids of records that are not here yet. */
  fresh: Record<Kind, string[]>;
  /** Of those that are here, just as they are in the archive. */
  same: Record<Kind, string[]>;
  /** Of those that are here but differ, or were deleted here. */
  conflicting: Record<Kind, string[]>;
}

export function planImport(here: Records, { records }: Pick<ArchiveContents, 'records'>): ImportPlan {
  const plan: ImportPlan = { fresh: noIds(), same: noIds(), conflicting: noIds() };
  const deleted = new Set<string>();
  for (const kind of kinds) {
    const known = new Map<string, Records[Kind][number]>(here[kind].map((record) => [record.id, record]));
    for (const record of records[kind]) {
      const mine = known.get(record.id);
      if (mine && mine.deletedAt !== null) deleted.add(record.id);
      // What belongs to something that was deleted here would be kept and shown nowhere.
      const isLost = !mine && belongsTo(record).some((ids) => ids.every((id) => deleted.has(id)));
      if (isLost) deleted.add(record.id);
      const group = isLost
        ? 'conflicting'
        : !mine
          ? 'fresh'
          : isSame(kind, mine, record)
            ? 'same'
            : 'conflicting';
      plan[group][kind].push(record.id);
    }
  }
  return plan;
}

/** The records without which one is not shown: of each list, one has to be there. */
function belongsTo(record: Records[Kind][number]): string[][] {
  if ('photoId' in record) return [[record.photoId], [record.lesionId]];
  if ('lesionIds' in record) return [record.lesionIds];
  return 'patientId' in record && record.patientId !== null ? [[record.patientId]] : [];
}

/**
 * Writes what is fresh, as the records stand now: what another tab has written since the plan was made stays.
 * What conflicts is written only where `replaceConflicting` says so, after the user has seen the plan.
 * Everything or nothing. A fresh entry is written with its rasters, a fresh photo with its image.
 */
export async function importContents(
  database: CaseDatabase,
  contents: ArchiveContents,
  plan: ImportPlan,
  replaceConflicting: boolean,
): Promise<Result<null>> {
  const written = await database.change('all', (here) => {
    const now = planImport(here, contents);
    const some = <T extends { id: string }>(kind: Kind, records: readonly T[]) => {
      const fresh = new Set(now.fresh[kind]);
      const seen = new Set(replaceConflicting ? plan.conflicting[kind] : []);
      const replaced = new Set(now.conflicting[kind].filter((id) => seen.has(id)));
      return records.filter(({ id }) => fresh.has(id) || replaced.has(id));
    };
    const photos = some('photos', contents.records.photos);
    const entries = some('entries', contents.records.entries);
    return {
      patients: some('patients', contents.records.patients),
      lesions: some('lesions', contents.records.lesions),
      photos,
      entries,
      images: photos.flatMap(({ id }) => {
        const blob = contents.images.get(id);
        return blob ? [{ id, blob }] : [];
      }),
      // An entry that is replaced loses the maps it had.
      rasters: entries.map(
        ({ id }) => contents.rasters.get(id) ?? { id, activation: null, attention: null, mask: null },
      ),
    };
  });
  return written.ok ? success(null) : written;
}

const noIds = (): Record<Kind, string[]> => ({ patients: [], lesions: [], photos: [], entries: [] });

/**
 * Same fields with the same values; an archive that was written without DICOM facts does not differ for that.
 */
function isSame(kind: Kind, mine: Records[Kind][number], other: Records[Kind][number]): boolean {
  const untold = 'dicom' in mine && 'dicom' in other && other.dicom === null;
  return written(kind, untold ? { ...mine, dicom: null } : mine) === written(kind, other);
}

/** A record in the order of its schema's fields. */
function written(kind: Kind, record: Records[Kind][number]): string {
  return JSON.stringify(z.encode(recordSchemas[kind] as z.ZodType, record));
}
