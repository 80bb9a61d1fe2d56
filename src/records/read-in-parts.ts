import type { IDBPDatabase } from 'idb';
import type { Stores } from './migrations';
import { type ReadRecords, readRecords } from './read-records';

/** Photos whose answers are read before all others: those that a list of cases shows first, and some to spare. */
const firstPhotos = 60;
/** Entries that are read at a time: some ten milliseconds of work, so that the page can paint in between. */
const atOnce = 100;

/**
 * Reads all records as they stand at one moment, each by itself through its schema. Answers (entries) are nearly all
 * that there is to read: `onFirst` is called before most of them, with all other records and the answers for the
 * photos that were taken last.
 */
export async function readInParts(
  database: IDBPDatabase<Stores>,
  onFirst?: (read: ReadRecords) => void,
): Promise<ReadRecords> {
  const transaction = database.transaction(['patients', 'lesions', 'photos', 'entries']);
  const entries = transaction.objectStore('entries');
  const [patients, lesions, photos, ids] = await Promise.all([
    transaction.objectStore('patients').getAll(),
    transaction.objectStore('lesions').getAll(),
    transaction.objectStore('photos').getAll(),
    entries.getAllKeys(),
  ]);
  // All at once, before anything else is waited for: a transaction of which nothing is asked is over.
  const wanted = onFirst && ids.length > firstPhotos ? takenLast(photos) : [];
  const first = wanted.map((photoId) => entries.index('photoId').getAll(photoId));
  const parts = rangesOf(ids).map((range) => entries.getAll(range));
  const finished = Promise.all([...first, ...parts, transaction.done]);
  // A failure is heard where its part is waited for.
  finished.catch(() => {});

  const read = readRecords({ patients, lesions, photos, entries: [] });
  if (onFirst && first.length > 0) {
    const early = entriesOf((await Promise.all(first)).flat());
    onFirst({
      records: { ...read.records, entries: early.records.entries },
      unreadable: [...read.unreadable, ...early.unreadable],
    });
  }
  for (const part of parts) {
    const { records, unreadable } = entriesOf(await part);
    read.records.entries.push(...records.entries);
    read.unreadable.push(...unreadable);
  }
  await finished;
  return read;
}

const entriesOf = (entries: unknown[]) => readRecords({ patients: [], lesions: [], photos: [], entries });

/** The ids of the photos that were taken last; of records that nobody has checked yet. */
function takenLast(photos: readonly unknown[]): string[] {
  return (photos as Partial<Stores['photos']['value']>[])
    .flatMap((photo) => {
      const { id, takenAt, deletedAt = null } = photo ?? {};
      return typeof id === 'string' && typeof takenAt === 'string' && deletedAt === null
        ? [{ id, takenAt }]
        : [];
    })
    .sort((a, b) => (a.takenAt < b.takenAt ? 1 : a.takenAt > b.takenAt ? -1 : 0))
    .slice(0, firstPhotos)
    .map(({ id }) => id);
}

/** Keys in their order, as ranges of so many. */
function rangesOf(keys: readonly IDBValidKey[]): IDBKeyRange[] {
  const ranges: IDBKeyRange[] = [];
  for (let at = 0; at < keys.length; at += atOnce)
    ranges.push(IDBKeyRange.bound(keys[at], keys[Math.min(at + atOnce, keys.length) - 1]));
  return ranges;
}
