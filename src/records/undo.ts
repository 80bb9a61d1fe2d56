import { type Kind, kinds, type Records } from './record';

/**
 * Deletes are soft for a while. All that went in one delete carries the same time, by which it is brought
 * back as one.
 */

const dayMs = 24 * 3600 * 1000;
/** How long a deleted record can be brought back, in milliseconds: 30 days. */
export const undoPeriodMs = 30 * dayMs;

export interface Deletion {
  deletedAt: string;
  /** How many records of each kind went. */
  counts: Record<Kind, number>;
}

/**
 * The records with all that belongs to one of them: a patient's lesions, a lesion's photos and entries, a
 * photo's entries.
 */
function withDependants(records: Records, kind: Kind, ids: readonly string[]): Record<Kind, Set<string>> {
  const gone: Record<Kind, Set<string>> = {
    patients: new Set(),
    lesions: new Set(),
    photos: new Set(),
    entries: new Set(),
  };
  for (const id of ids) gone[kind].add(id);
  for (const { id, patientId } of records.lesions) {
    if (patientId !== null && gone.patients.has(patientId)) gone.lesions.add(id);
  }
  // The last lesion of a photo takes it along, also where another one was deleted before.
  const before = new Set(records.lesions.filter(({ deletedAt }) => deletedAt !== null).map(({ id }) => id));
  for (const { id, lesionIds } of records.photos) {
    // A photo of several lesions stays as long as one of them does.
    const isGone = (lesionId: string) => gone.lesions.has(lesionId) || before.has(lesionId);
    if (lesionIds.some((lesionId) => gone.lesions.has(lesionId)) && lesionIds.every(isGone))
      gone.photos.add(id);
  }
  for (const { id, photoId, lesionId } of records.entries) {
    if (gone.photos.has(photoId) || gone.lesions.has(lesionId)) gone.entries.add(id);
  }
  return gone;
}

/**
 * The records that change when these are deleted, with their new values; what was deleted before keeps its
 * own time.
 */
export function markDeleted(
  records: Records,
  kind: Kind,
  ids: readonly string[],
  deletedAt: string,
): Records {
  const gone = withDependants(records, kind, ids);
  return mapKinds(records, (record, of) =>
    gone[of].has(record.id) && record.deletedAt === null ? { ...record, deletedAt } : null,
  );
}

/**
 * The records that come back when one delete is undone, with what they belong to: a photo whose lesion went in
 * a later delete would else be kept and shown nowhere.
 */
export function markRestored(records: Records, deletedAt: string): Records {
  const back: Record<Kind, Set<string>> = {
    patients: new Set(),
    lesions: new Set(),
    photos: new Set(),
    entries: new Set(),
  };
  for (const kind of kinds)
    for (const record of records[kind]) if (record.deletedAt === deletedAt) back[kind].add(record.id);
  for (const { id, photoId, lesionId } of records.entries) {
    if (!back.entries.has(id)) continue;
    back.photos.add(photoId);
    back.lesions.add(lesionId);
  }
  const isAlive = new Set(records.lesions.filter((lesion) => lesion.deletedAt === null).map(({ id }) => id));
  for (const { id, lesionIds } of records.photos) {
    const stands = lesionIds.some((lesionId) => isAlive.has(lesionId) || back.lesions.has(lesionId));
    if (back.photos.has(id) && !stands) for (const lesionId of lesionIds) back.lesions.add(lesionId);
  }
  for (const { id, patientId } of records.lesions)
    if (back.lesions.has(id) && patientId !== null) back.patients.add(patientId);
  return mapKinds(records, (record, kind) =>
    record.deletedAt !== null && back[kind].has(record.id) ? { ...record, deletedAt: null } : null,
  );
}

/** What can be undone, newest first. */
export function deletions(records: Records): Deletion[] {
  const byTime = new Map<string, Deletion>();
  for (const kind of kinds) {
    for (const { deletedAt } of records[kind]) {
      if (deletedAt === null) continue;
      const deletion = byTime.get(deletedAt) ?? {
        deletedAt,
        counts: { patients: 0, lesions: 0, photos: 0, entries: 0 },
      };
      deletion.counts[kind]++;
      byTime.set(deletedAt, deletion);
    }
  }
  return [...byTime.values()].sort((a, b) => b.deletedAt.localeCompare(a.deletedAt));
}

/** What has been deleted for so long that it can go for good. */
export function expired(records: Records, now: string): Records {
  const limit = Date.parse(now) - undoPeriodMs;
  return mapKinds(records, (record) =>
    record.deletedAt !== null && Date.parse(record.deletedAt) < limit ? record : null,
  );
}

/**
 * Deletes whose time cannot be: before the record was made, or more than a day after `now`. A clock was
 * wrong; each such delete counts from now on. Its records, with their new values. A record that was made more
 * than a day after `now` says nothing of when it was deleted.
 */
export function withPossibleTimes(records: Records, now: string): Records {
  const times = new Map<string, string>();
  const begin = Date.parse(now);
  const timeFor = (old: string) => {
    // Two deletes never share a time: it is what an undo goes by.
    if (!times.has(old)) times.set(old, new Date(begin + times.size).toISOString());
    return times.get(old) as string;
  };
  return mapKinds(records, (record) => {
    const { createdAt, deletedAt } = record;
    if (deletedAt === null) return null;
    const [made, time, latest] = [Date.parse(createdAt), Date.parse(deletedAt), begin + dayMs];
    const possible = time <= latest && (time >= made || made > latest);
    return possible ? null : { ...record, deletedAt: timeFor(deletedAt) };
  });
}

/** What is not deleted. */
export function alive(records: Records): Records {
  return mapKinds(records, (record) => (record.deletedAt === null ? record : null));
}

/** Each kind's records through `change`; null leaves one out. */
function mapKinds(
  records: Records,
  change: <T extends Records[Kind][number]>(record: T, kind: Kind) => T | null,
): Records {
  const some = <T extends Records[Kind][number]>(all: T[], kind: Kind) =>
    all.flatMap((record) => change(record, kind) ?? []);
  return {
    patients: some(records.patients, 'patients'),
    lesions: some(records.lesions, 'lesions'),
    photos: some(records.photos, 'photos'),
    entries: some(records.entries, 'entries'),
  };
}
