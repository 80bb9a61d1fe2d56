import { type DBSchema, unwrap } from 'idb';
import { success } from '../../../../core/failure';
import { storageFailure } from '../../../../records/storage-failure';
import { fileOf, type Stored, type StoredFile, storeFiles } from '../../../../records/stored-file';
import { allOrNothing, together } from '../../../../runtime/all-or-nothing';
import { keepOpen } from '../../../../runtime/keep-open';
import type { ReopenedAnswers } from '../workbench-photo';
import { readAnswers } from './kept-answers';
import { type KeptPhoto, type KeptSession, keptPhotoSchema, keptSessionSchema } from './kept-schema';

export const sessionDatabaseName = 'lentigo-sessions';

interface Stores extends DBSchema {
  sessions: { key: string; value: KeptSession };
  photos: { key: string; value: StoredPhoto; indexes: { sessionId: string } };
  /** The files, by the photo's id: a correction writes no photo again. */
  files: { key: string; value: StoredFile };
  /** By the photo's id; of a photo without an answer there is none. */
  answers: { key: string; value: ReopenedAnswers };
}

interface StoredPhoto {
  id: string;
  sessionId: string;
  photo: KeptPhoto;
}

export interface KeptPhotoFile {
  photo: KeptPhoto;
  file: Blob;
  answers: ReopenedAnswers;
}

/** Sessions in this browser's IndexedDB. Every call rejects with the browser's own error. */
export interface SessionArchive {
  /** Those that can be read. */
  sessions(): Promise<KeptSession[]>;
  putSession(session: KeptSession): Promise<void>;
  /**
   * Writes a photo together with its session, in one transaction: an answer is never kept beside a correction that
   * came after it. `file` or `answers` null: as they are kept already.
   */
  putPhoto(
    session: KeptSession,
    photo: KeptPhoto,
    changed: { file: Blob | null; answers: ReopenedAnswers | null },
  ): Promise<void>;
  removePhotos(ids: readonly string[]): Promise<void>;
  /** Sessions with their photos. */
  remove(sessionIds: readonly string[]): Promise<void>;
  /** Gives all photos of some sessions to another one, and answers those that can be read, in order. */
  adopt(from: readonly string[], into: KeptSession): Promise<KeptPhotoFile[]>;
}

/** What there is of a photo, by its id. */
const photoStores = ['photos', 'files', 'answers'] as const;
const stores = ['sessions', ...photoStores] as const;

export function createSessionArchive(name = sessionDatabaseName): SessionArchive {
  const open = keepOpen<Stores>(
    name,
    (database) => {
      database.createObjectStore('sessions', { keyPath: 'id' });
      database.createObjectStore('photos', { keyPath: 'id' }).createIndex('sessionId', 'sessionId');
      database.createObjectStore('files');
    },
    (database) => {
      database.createObjectStore('answers');
    },
  );

  return {
    async sessions() {
      const stored = await (await open()).getAll('sessions');
      return stored.flatMap((session) => keptSessionSchema.safeParse(session).data ?? []);
    },
    async putSession(session) {
      await (await open()).put('sessions', session);
    },
    async putPhoto(session, photo, { file, answers }) {
      const database = await open();
      // A Blob of its own: a File would keep the time that it had on the disk.
      const own = file && new Blob([file], { type: file.type });
      const write = async (stored: Stored) => {
        const [kept] = stored(own ? [own] : []);
        const transaction = database.transaction(stores, 'readwrite');
        await allOrNothing(transaction, () =>
          together([
            kept !== undefined && (() => transaction.objectStore('files').put(kept, photo.id)),
            () => transaction.objectStore('sessions').put(session),
            () => transaction.objectStore('photos').put({ id: photo.id, sessionId: session.id, photo }),
            answers && (() => putAnswers(transaction.objectStore('answers'), photo.id, answers)),
          ]),
        );
      };
      let problem: unknown;
      const written = await storeFiles(unwrap(database) as IDBDatabase, 'files', (stored) =>
        write(stored).then(
          () => success(null),
          (error: unknown) => {
            problem = error;
            return storageFailure(error);
          },
        ),
      );
      if (!written.ok) throw problem;
    },
    async removePhotos(ids) {
      const transaction = (await open()).transaction(photoStores, 'readwrite');
      const requests = ids.flatMap((id) =>
        photoStores.map((store) => () => transaction.objectStore(store).delete(id)),
      );
      await allOrNothing(transaction, () => together(requests));
    },
    async remove(sessionIds) {
      const transaction = (await open()).transaction(stores, 'readwrite');
      await allOrNothing(transaction, async () => {
        for (const sessionId of sessionIds) {
          const ids = await transaction.objectStore('photos').index('sessionId').getAllKeys(sessionId);
          for (const id of ids)
            for (const store of photoStores) await transaction.objectStore(store).delete(id);
          await transaction.objectStore('sessions').delete(sessionId);
        }
      });
    },
    async adopt(from, into) {
      const transaction = (await open()).transaction(stores, 'readwrite');
      return allOrNothing(transaction, async () => {
        const photos: KeptPhotoFile[] = [];
        for (const sessionId of from) {
          const session = await transaction.objectStore('sessions').get(sessionId);
          const stored = await transaction.objectStore('photos').index('sessionId').getAll(sessionId);
          const place = ({ id }: StoredPhoto) => (session?.photoIds ?? []).indexOf(id);
          for (const record of stored.sort((a, b) => place(a) - place(b))) {
            await transaction.objectStore('photos').put({ ...record, sessionId: into.id });
            const file = await transaction.objectStore('files').get(record.id);
            const answers = await transaction.objectStore('answers').get(record.id);
            const read = keptPhotoSchema.safeParse(record.photo);
            if (file && read.success)
              photos.push({ photo: read.data, file: fileOf(file), answers: readAnswers(answers) });
          }
          await transaction.objectStore('sessions').delete(sessionId);
        }
        const photoIds = [...into.photoIds, ...photos.map(({ photo }) => photo.id)];
        await transaction.objectStore('sessions').put({ ...into, photoIds });
        return photos;
      });
    },
  };
}

/** A photo without an answer has no record: most do not have one yet. */
function putAnswers(
  store: {
    put: (answers: ReopenedAnswers, id: string) => Promise<unknown>;
    delete: (id: string) => Promise<void>;
  },
  id: string,
  answers: ReopenedAnswers,
): Promise<unknown> {
  const none = answers.analyses.length === 0 && answers.lesions.length === 0;
  return none ? store.delete(id) : store.put(answers, id);
}
