import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { type FileNames, type ProgramNames, withProgramNames } from '../core/report/analysis-names';
import type { AnalysisEntry, EntryRasters, Patient, RecordLesion, RecordPhoto } from './record';
import type { StoredAnalysis } from './record-schemas';
import type { StoredFile } from './stored-file';

/**
 * The stores: one a kind of record, and two for what is heavy, so that a list of cases reads neither photos
 * nor maps.
 */
export interface Stores extends DBSchema {
  patients: { key: string; value: Patient };
  lesions: { key: string; value: RecordLesion; indexes: { patientId: string } };
  photos: { key: string; value: RecordPhoto; indexes: { lesionIds: string; sha256: string } };
  entries: { key: string; value: AnalysisEntry; indexes: { photoId: string; lesionId: string } };
  /** The image files, by the photo's id. Records of earlier versions have Blobs in every browser. */
  images: { key: string; value: StoredFile };
  /** By the entry's id. */
  rasters: { key: string; value: EntryRasters };
}

/** An analysis as version 1 stored it; the earliest ones lack some fields. */
type FirstAnalysis = Omit<StoredAnalysis, keyof ProgramNames> &
  Pick<FileNames, 'outOfDistribution'> &
  Partial<FileNames>;

type Upgrade = IDBPTransaction<Stores, StoreNames<Stores>[], 'versionchange'>;

/**
 * One step from each version of the database to the next; step 0 makes it. A step that has been released is
 * never changed: add another. A step that changes records reads and writes them through the transaction.
 */
const steps: ((database: IDBPDatabase<Stores>, transaction: Upgrade) => Promise<void> | void)[] = [
  (database) => {
    database.createObjectStore('patients', { keyPath: 'id' });
    database.createObjectStore('lesions', { keyPath: 'id' }).createIndex('patientId', 'patientId');
    const photos = database.createObjectStore('photos', { keyPath: 'id' });
    photos.createIndex('lesionIds', 'lesionIds', { multiEntry: true });
    photos.createIndex('sha256', 'sha256');
    const entries = database.createObjectStore('entries', { keyPath: 'id' });
    entries.createIndex('photoId', 'photoId');
    entries.createIndex('lesionId', 'lesionId');
    database.createObjectStore('images');
    database.createObjectStore('rasters', { keyPath: 'id' });
  },
  // Version 2: the fields of an analysis have the program's names.
  async (_database, transaction) => {
    for (let cursor = await transaction.objectStore('entries').openCursor(); cursor; ) {
      const { analysis, ...entry } = cursor.value;
      const {
        told = null,
        steadiness = null,
        setbacks = [],
        ...others
      } = analysis as unknown as FirstAnalysis;
      await cursor.update({
        ...entry,
        analysis: withProgramNames({ ...others, told, steadiness, setbacks }),
      });
      cursor = await cursor.continue();
    }
  },
];

export const databaseVersion = steps.length;

export async function migrate(
  database: IDBPDatabase<Stores>,
  from: number,
  transaction: Upgrade,
): Promise<void> {
  for (const step of steps.slice(from)) await step(database, transaction);
}
