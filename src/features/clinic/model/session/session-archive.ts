import type { DBSchema } from 'idb';
import { success } from '../../../../core/failure';
import { storageFailure } from '../../../../records/storage-failure';
import { fileOf, type StoredFile, storeFiles } from '../../../../records/stored-file';
import { keepOpen } from '../../../../runtime/keep-open';
import { type KeptPhoto, type KeptSession, keptPhotoSchema, keptSessionSchema } from './kept-schema';

export const sessionDatabaseName = 'lentigo-sessions';

interface Stores extends DBSchema {
  sessions: { key: string; value: KeptSession };
  photos: { key: string; value: StoredPhoto; indexes: { sessionId: string } };
  /** The files, by the photo's id: a correction writes no photo again. */
  files: { key: string; value: StoredFile };
}

interface StoredPhoto {
  id: string;
  sessionId: string;
  photo: KeptPhoto;
}

export interface KeptPhotoFile {
  photo: KeptPhoto;
  file: Blob;
}

/** Sessions in this browser's IndexedDB. Every call rejects with the browser's own error. */
export interface SessionArchive {
  /** Those that can be read. */
  sessions(): Promise<KeptSession[]>;
  putSession(session: KeptSession): Promise<void>;
  /** Writes a photo together with its session. `file` null: as it is kept already. */
  putPhoto(session: KeptSession, photo: KeptPhoto, file: Blob | null): Promise<void>;
  removePhotos(ids: readonly string[]): Promise<void>;
  /** Sessions with their photos. */
  remove(sessionIds: readonly string[]): Promise<void>;
  /** Gives all photos of some sessions to another one, and answers those that can be read, in order. */
  adopt(from: readonly string[], into: KeptSession): Promise<KeptPhotoFile[]>;
}

export function createSessionArchive(name = sessionDatabaseName): SessionArchive {
  const open = keepOpen<Stores>(name, (database) => {
    database.createObjectStore('sessions', { keyPath: 'id' });
    database.createObjectStore('photos', { keyPath: 'id' }).createIndex('sessionId', 'sessionId');
    database.createObjectStore('files');
  });

  return {
    async sessions() {
      const stored = await (await open()).getAll('sessions');
      return stored.flatMap((session) => keptSessionSchema.safeParse(session).data ?? []);
    },
    async putSession(session) {
      await (await open()).put('sessions', session);
    },
    async putPhoto(session, photo, file) {
      const database = await open();
      // A Blob of its own: a File would keep the time that it had on the disk.
      const own = file && new Blob([file], { type: file.type });
      const write = async (stored: (file: Blob) => StoredFile) => {
        const transaction = database.transaction(['sessions', 'photos', 'files'], 'readwrite');
        await Promise.all([
          // First: one that cannot be stored at all throws at once, and the rest is not written without it.
          own && transaction.objectStore('files').put(stored(own), photo.id),
          transaction.objectStore('sessions').put(session),
          transaction.objectStore('photos').put({ id: photo.id, sessionId: session.id, photo }),
          transaction.done,
        ]);
      };
      let problem: unknown;
      const written = await storeFiles((stored) =>
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
      const transaction = (await open()).transaction(['photos', 'files'], 'readwrite');
      const requests = ids.flatMap((id) => [
        transaction.objectStore('photos').delete(id),
        transaction.objectStore('files').delete(id),
      ]);
      await Promise.all([...requests, transaction.done]);
    },
    async remove(sessionIds) {
      const transaction = (await open()).transaction(['sessions', 'photos', 'files'], 'readwrite');
      for (const sessionId of sessionIds) {
        const ids = await transaction.objectStore('photos').index('sessionId').getAllKeys(sessionId);
        for (const id of ids) {
          await transaction.objectStore('photos').delete(id);
          await transaction.objectStore('files').delete(id);
        }
        await transaction.objectStore('sessions').delete(sessionId);
      }
      await transaction.done;
    },
    async adopt(from, into) {
      const transaction = (await open()).transaction(['sessions', 'photos', 'files'], 'readwrite');
      const photos: KeptPhotoFile[] = [];
      for (const sessionId of from) {
        const session = await transaction.objectStore('sessions').get(sessionId);
        const stored = await transaction.objectStore('photos').index('sessionId').getAll(sessionId);
        const place = ({ id }: StoredPhoto) => (session?.photoIds ?? []).indexOf(id);
        for (const record of stored.sort((a, b) => place(a) - place(b))) {
          await transaction.objectStore('photos').put({ ...record, sessionId: into.id });
          const file = await transaction.objectStore('files').get(record.id);
          const read = keptPhotoSchema.safeParse(record.photo);
          if (file && read.success) photos.push({ photo: read.data, file: fileOf(file) });
        }
        await transaction.objectStore('sessions').delete(sessionId);
      }
      const photoIds = [...into.photoIds, ...photos.map(({ photo }) => photo.id)];
      await transaction.objectStore('sessions').put({ ...into, photoIds });
      await transaction.done;
      return photos;
    },
  };
}
