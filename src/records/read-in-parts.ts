import type { IDBPDatabase } from 'idb';
import { answersTo } from '../runtime/all-or-nothing';
import type { Stores } from './migrations';
import { type ReadRecords, readRecords } from './read-records';

/** Photos whose answers are read before all others: those that a list of cases shows first, and some to spare. */
const firstPhotos = 60;
/** Entries that are read at a time: some ten milliseconds of work, so that the page answers in between. */
const atOnce = 100;

/**
 * Reads all records, each by itself through its schema. Answers (entries) are nearly all that there is to read:
 * `onFirst` is called before most of them, with all other records and the answers for the photos that were taken last.
 * The page then paints before the rest is asked for, in a transaction of its own. What is written meanwhile may or may
 * not be in it; whoever reads knows of writes (see `createWriteLog`), and of another tab's.
 */
export async function readInParts(
  database: IDBPDatabase<Stores>,
  onFirst?: (read: ReadRecords) => void,
): Promise<ReadRecords> {
  const transaction = database.transaction(['patients', 'lesions', 'photos', 'entries']);
  heardElsewhere(transaction.done);
  const entries = transaction.objectStore('entries');
  const [patients, lesions, photos, ids] = await answersTo([
    () => transaction.objectStore('patients').getAll(),
    () => transaction.objectStore('lesions').getAll(),
    () => transaction.objectStore('photos').getAll(),
    () => entries.getAllKeys(),
  ]);
  // All at once, before anything else is waited for: a transaction of which nothing is asked is over.
  const wanted = onFirst && ids.length > firstPhotos ? takenLast(photos) : [];
  const first = answersTo(wanted.map((photoId) => () => entries.index('photoId').getAll(photoId)));
  heardElsewhere(first);

  const read = readRecords({ patients, lesions, photos, entries: [] });
  if (onFirst && wanted.length > 0) {
    const early = entriesOf((await first).flat());
    onFirst({
      records: { ...read.records, entries: early.records.entries },
      unreadable: [...read.unreadable, ...early.unreadable],
    });
    await painted();
  }
  for await (const part of entryParts(database, ids)) {
    const { records, unreadable } = entriesOf(part);
    read.records.entries.push(...records.entries);
    read.unreadable.push(...unreadable);
  }
  return read;
}

/**
 * The entries, some at a time. The next ones are asked for when the last have come, not all at once: what the page
 * asks for meanwhile, pictures above all, would wait behind them.
 */
async function* entryParts(
  database: IDBPDatabase<Stores>,
  ids: readonly IDBValidKey[],
): AsyncGenerator<unknown[]> {
  const [range, ...later] = rangesOf(ids);
  if (!range) return;
  const transaction = database.transaction('entries');
  heardElsewhere(transaction.done);
  let coming: Promise<unknown[]> = transaction.store.getAll(range);
  for (const range of later) {
    const part = await coming;
    coming = transaction.store.getAll(range);
    heardElsewhere(coming);
    yield part;
  }
  yield await coming;
}

/** What fails before anybody waits for it is heard of where it, or what was asked of it, is waited for. */
const heardElsewhere = (promise: Promise<unknown>) => void promise.catch(() => {});

/** Lets the page paint what it shows; a page in the background never does, and is not waited for. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 100);
    globalThis.requestAnimationFrame?.(() => setTimeout(resolve));
  });
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
