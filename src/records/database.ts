import { deleteDB, type IDBPDatabase, unwrap } from 'idb';
import { type Result, success } from '../core/failure';
import { allOrNothing, answersTo, together } from '../runtime/all-or-nothing';
import { isAlive, openDatabase } from '../runtime/open-database';
import { type DiagnosedPhotos, type PackageVersion, readDiagnosed } from './diagnosed';
import { databaseVersion, migrate, type Stores } from './migrations';
import { readInParts } from './read-in-parts';
import { type ReadRecords, readRecords } from './read-records';
import { type EntryRasters, type Kind, kinds, type RecordPhoto, type Records } from './record';
import { storageFailure } from './storage-failure';
import { type StorageSize, sizeOf } from './storage-size';
import { fileOf, type Stored, type StoredFile, storeFiles } from './stored-file';
import { expired } from './undo';
import { unlessBlocked } from './unless-blocked';

export const databaseName = 'lentigo-cases';

export type Changes = Partial<Records> & {
  images?: { id: string; blob: Blob }[];
  rasters?: EntryRasters[];
};

/** The records that a change is about, by their ids; all where it may be about any. */
export type Wanted = 'all' | Partial<Record<Kind, readonly string[]>>;

export interface CaseDatabase {
  /** All records, deleted ones too, and those that cannot be read: each is read by itself. See `readInParts`. */
  read(onFirst?: (read: ReadRecords) => void): Promise<ReadRecords>;
  image(photoId: string): Promise<Blob | null>;
  rasters(entryId: string): Promise<EntryRasters | null>;
  /** The photos, deleted ones too, whose file has this hash: the same file was dropped again. */
  photosByHash(sha256: string): Promise<RecordPhoto[]>;
  /** What photos can be held against: the embeddings of lesions with a known histology (`diagnosed.ts`). */
  diagnosed(of: PackageVersion, signal?: AbortSignal): Promise<DiagnosedPhotos>;
  /** Writes everything or nothing; a record of the same id is replaced. Fails with "storage-full". */
  write(changes: Changes): Promise<Result<null>>;
  /**
   * Changes records as they stand now, whatever a screen or another tab knew of them: reads the wanted ones
   * and writes what `change` makes of them, all in one transaction. Answers what was written. `change` may be
   * called twice (`storeFiles`), and the last call counts. Fails with "storage-full".
   */
  change(wanted: Wanted, change: (now: Records) => Changes): Promise<Result<Changes>>;
  /**
   * Takes away for good what has been deleted for longer than `keptFor`, with its photos and rasters. Says
   * how many records.
   */
  purge(now: string): Promise<number>;
  size(): Promise<StorageSize>;
  /** Whether it still answers: a browser may close it without a word. */
  isAlive(): boolean;
  close(): void;
  /** Deletes the whole database. Fails with "storage-blocked" where another tab does not let go of it. */
  forgetEverything(): Promise<Result<null>>;
}

export interface OpenOptions {
  /** Called when another tab deletes or upgrades the database, or `byBrowser`, and so has closed it here. */
  onClosed?: (byBrowser?: boolean) => void;
  name?: string;
}

/**
 * Opens the database, making or upgrading it first. Fails with "storage-blocked" where an old tab holds an
 * older version, "storage-newer" where a newer version of the app made it, "storage-denied" where the browser
 * keeps nothing, and "storage-broken" where it fails at it.
 */
export async function openCases({
  onClosed,
  name = databaseName,
}: OpenOptions = {}): Promise<Result<CaseDatabase>> {
  const opened = await unlessBlocked((blocked) =>
    openDatabase<Stores>(name, databaseVersion, {
      upgrade: (database, from, _to, transaction) => migrate(database, from, transaction),
      blocked,
      // Another tab waits: letting go at once is better than a stale list here.
      blocking(_current, _wanted, event) {
        (event.target as IDBDatabase).close();
        onClosed?.();
      },
      terminated: () => onClosed?.(true),
    }),
  );
  return opened.ok ? success(casesIn(opened.value, name)) : opened;
}

function casesIn(database: IDBPDatabase<Stores>, name: string): CaseDatabase {
  const rasterBytes = new Map<string, number>();
  return {
    read: (onFirst) => readInParts(database, onFirst),
    async image(photoId) {
      const stored = await database.get('images', photoId);
      return stored ? fileOf(stored) : null;
    },
    rasters: async (entryId) => (await database.get('rasters', entryId)) ?? null,
    photosByHash: (sha256) => database.getAllFromIndex('photos', 'sha256', sha256),
    diagnosed: (of, signal) => readDiagnosed(database, of, signal),
    async write(changes) {
      const written = await write(database, {}, () => changes);
      return written.ok ? success(null) : written;
    },
    change: (wanted, change) => write(database, wanted, change),
    async purge(now) {
      const gone = expired((await readInParts(database)).records, now);
      const transaction = everything(database);
      return allOrNothing(transaction, async () => {
        // As they stand in this transaction: another tab may have brought one back since they were read.
        const still = await answersTo(
          kinds.flatMap((kind) =>
            gone[kind].map(
              ({ id, deletedAt }) =>
                async () =>
                  (await transaction.objectStore(kind).get(id))?.deletedAt === deletedAt
                    ? { kind, id }
                    : null,
            ),
          ),
        );
        const going = still.filter((record) => record !== null);
        await together(
          going.flatMap(({ kind, id }) => {
            const beside = kind === 'photos' ? 'images' : kind === 'entries' ? 'rasters' : null;
            return [
              () => transaction.objectStore(kind).delete(id),
              beside !== null && (() => transaction.objectStore(beside).delete(id)),
            ];
          }),
        );
        return going.length;
      });
    },
    size: () => sizeOf(database, rasterBytes),
    isAlive: () => isAlive(database),
    close: () => database.close(),
    async forgetEverything() {
      database.close();
      return unlessBlocked((blocked) => deleteDB(name, { blocked }).then(() => null));
    },
  };
}

async function write(
  database: IDBPDatabase<Stores>,
  wanted: Wanted,
  change: (now: Records) => Changes,
): Promise<Result<Changes>> {
  const raw = unwrap(database) as IDBDatabase;
  return storeFiles(raw, 'images', (stored) => attempt(database, wanted, change, stored));
}

const everything = (database: IDBPDatabase<Stores>) =>
  database.transaction([...database.objectStoreNames], 'readwrite');

async function attempt(
  database: IDBPDatabase<Stores>,
  wanted: Wanted,
  change: (now: Records) => Changes,
  stored: Stored,
): Promise<Result<Changes>> {
  let transaction: ReturnType<typeof everything>;
  try {
    transaction = everything(database);
  } catch (error) {
    // Another tab has taken the database away.
    return storageFailure(error);
  }
  // Whatever goes wrong with one request ends the whole transaction, and `done` tells of it.
  const ignoreFailure = (request: Promise<unknown>) => request.catch(() => null);
  try {
    const read = async (kind: Kind): Promise<unknown[]> => {
      const store = transaction.objectStore(kind);
      if (wanted === 'all') return store.getAll();
      const found = await answersTo((wanted[kind] ?? []).map((id) => () => store.get(id)));
      return found.filter((record) => record !== undefined);
    };
    let now: Records = { patients: [], lesions: [], photos: [], entries: [] };
    // A transaction ends by itself where nothing is asked of it, so nothing else is waited for.
    if (wanted === 'all' || kinds.some((kind) => wanted[kind])) {
      const [patients, lesions, photos, entries] = await Promise.all([
        read('patients'),
        read('lesions'),
        read('photos'),
        read('entries'),
      ]);
      now = readRecords({ patients, lesions, photos, entries }).records;
    }
    const changes = change(now);
    for (const patient of changes.patients ?? [])
      ignoreFailure(transaction.objectStore('patients').put(patient));
    for (const lesion of changes.lesions ?? []) ignoreFailure(transaction.objectStore('lesions').put(lesion));
    for (const photo of changes.photos ?? []) ignoreFailure(transaction.objectStore('photos').put(photo));
    for (const entry of changes.entries ?? []) ignoreFailure(transaction.objectStore('entries').put(entry));
    const images = changes.images ?? [];
    const files = stored(images.map(({ blob }) => blob));
    for (const [index, { id }] of images.entries())
      ignoreFailure(transaction.objectStore('images').put(files[index] as StoredFile, id));
    for (const raster of changes.rasters ?? []) ignoreFailure(transaction.objectStore('rasters').put(raster));
    await transaction.done;
    return success(changes);
  } catch (error) {
    // What cannot be stored at all throws at once, with the transaction still open: what went before is taken
    // back.
    ignoreFailure(transaction.done);
    abort(transaction);
    return storageFailure(error);
  }
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
