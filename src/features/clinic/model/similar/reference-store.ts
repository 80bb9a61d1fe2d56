import type { DBSchema } from 'idb';
import { allOrNothing, together } from '../../../../runtime/all-or-nothing';
import { keepOpen } from '../../../../runtime/keep-open';
import { type ReferencePhoto, type ReferenceSet, readPhotos, readSets } from './reference-set';

export const referenceDatabaseName = 'lentigo-references';

interface Stores extends DBSchema {
  sets: { key: string; value: ReferenceSet };
  /** By keys that begin with the set's id (`photoIdOf`). */
  photos: { key: string; value: ReferencePhoto };
  /** `data:` URLs by the photo's id, apart: a search reads vectors alone. */
  thumbnails: { key: string; value: string };
}

/** Reference sets in this browser's IndexedDB. Every call rejects with the browser's own error. */
export interface ReferenceStore {
  /** The newest first. */
  sets(): Promise<ReferenceSet[]>;
  /** Writes a photo together with its set as it is now. */
  add(set: ReferenceSet, photo: ReferencePhoto, thumbnail: string | null): Promise<void>;
  photos(setId: string): Promise<ReferencePhoto[]>;
  thumbnail(photoId: string): Promise<string | null>;
  remove(setId: string): Promise<void>;
}

/** Photos that are read at a time, so that the page can answer a press in between. */
const atOnce = 500;

/** The keys of a set's photos behind this one. "0" follows "/". */
const keysAfter = (setId: string, after: string) => IDBKeyRange.bound(after, `${setId}0`, true, true);

export function createReferenceStore(name = referenceDatabaseName): ReferenceStore {
  const open = keepOpen<Stores>(name, (database) => {
    database.createObjectStore('sets', { keyPath: 'id' });
    database.createObjectStore('photos', { keyPath: 'id' });
    database.createObjectStore('thumbnails');
  });
  return {
    async sets() {
      const stored = await (await open()).getAll('sets');
      return readSets(stored).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    },
    async add(set, photo, thumbnail) {
      const transaction = (await open()).transaction(['sets', 'photos', 'thumbnails'], 'readwrite');
      await allOrNothing(transaction, () =>
        together([
          () => transaction.objectStore('sets').put(set),
          () => transaction.objectStore('photos').put(photo),
          thumbnail !== null && (() => transaction.objectStore('thumbnails').put(thumbnail, photo.id)),
        ]),
      );
    },
    async photos(setId) {
      const database = await open();
      const photos: ReferencePhoto[] = [];
      for (let after = `${setId}/`; ; ) {
        const some = await database.getAll('photos', keysAfter(setId, after), atOnce);
        photos.push(...readPhotos(some));
        const last = some.at(-1);
        if (!last) return photos;
        after = last.id;
      }
    },
    async thumbnail(photoId) {
      return (await (await open()).get('thumbnails', photoId)) ?? null;
    },
    async remove(setId) {
      const transaction = (await open()).transaction(['sets', 'photos', 'thumbnails'], 'readwrite');
      const keys = keysAfter(setId, `${setId}/`);
      await allOrNothing(transaction, () =>
        together([
          () => transaction.objectStore('sets').delete(setId),
          () => transaction.objectStore('photos').delete(keys),
          () => transaction.objectStore('thumbnails').delete(keys),
        ]),
      );
    },
  };
}
