import { type DBSchema, deleteDB } from 'idb';
import { allOrNothing, together } from '../../../runtime/all-or-nothing';
import { keepOpen } from '../../../runtime/keep-open';
import { readOneByOne, type Unreadable } from '../../../runtime/read-one-by-one';
import type { MachineAnswer, MachineMap } from './machine-answer';
import type { Attempt } from './score';
import { attemptSchema, machineAnswerSchema } from './stored-schemas';
import { readStoredSets, type StoredPhoto, type TeachingSet, teachingSetSchema } from './teaching-set';

export const teachingDatabaseName = 'lentigo-teaching';

interface Stores extends DBSchema {
  sets: { key: string; value: TeachingSet };
  /** By SHA-256: two sets with the same photo share it. */
  photos: { key: string; value: StoredPhoto };
  /** What machines said, by photo and by what was asked. */
  answers: { key: [string, string]; value: MachineAnswer };
  /** Where they looked, apart, because no list needs it. */
  maps: { key: [string, string]; value: MachineMap };
  /** In the order in which they were given. */
  attempts: { key: number; value: Attempt };
}

/**
 * Teaching sets, what machines answered for their photos, and the score, in a database of its own on this
 * machine. Every call rejects with the browser's own error.
 */
export interface TeachingStore {
  sets(): Promise<TeachingSet[]>;
  /**
   * Changes a set as it is stored then, in one transaction: another tab may have written it since. `change`
   * gets null where it is not there, and gives null where it is to stay so. Gives what is stored now. Photos
   * as in `putSet`.
   */
  changeSet(
    id: string,
    change: (stored: TeachingSet | null) => TeachingSet | null,
    photos?: ReadonlyMap<string, StoredPhoto>,
  ): Promise<TeachingSet | null>;
  /** Writes the set in place of what is there, photos that are new, and drops photos that no set has any more. */
  putSet(set: TeachingSet, photos?: ReadonlyMap<string, StoredPhoto>): Promise<void>;
  /** With the photos that no other set has, and what machines said of those. The score stays. */
  removeSet(id: string): Promise<void>;
  photo(sha256: string): Promise<StoredPhoto | null>;
  /** Those that can be read, as of `sets` and `attempts`. */
  answers(): Promise<MachineAnswer[]>;
  map(photo: string, asked: string): Promise<MachineMap | null>;
  putAnswer(answer: MachineAnswer, map: MachineMap | null): Promise<void>;
  attempts(): Promise<Attempt[]>;
  addAttempt(attempt: Attempt): Promise<void>;
  clearAttempts(): Promise<void>;
  /** Sets, answers and attempts that cannot be read. They stay stored, and cost no other. */
  unreadable(): Promise<Unreadable[]>;
}

const schemas = { sets: teachingSetSchema, answers: machineAnswerSchema, attempts: attemptSchema };

/** None of a set that cannot be read. */
const photosOf = (set: TeachingSet): string[] =>
  Array.isArray(set.cases) ? set.cases.map(({ photo }) => photo) : [];

/** Deletes all of it; another tab lets go of it at once. */
export const forgetTeaching = (name = teachingDatabaseName): Promise<void> => deleteDB(name);

const ofPhoto = (photo: string) => IDBKeyRange.bound([photo], [photo, []]);

export function createTeachingStore(name = teachingDatabaseName): TeachingStore {
  const open = keepOpen<Stores>(name, (database) => {
    database.createObjectStore('sets', { keyPath: 'id' });
    database.createObjectStore('photos');
    database.createObjectStore('answers');
    database.createObjectStore('maps');
    database.createObjectStore('attempts', { autoIncrement: true });
  });
  const storedIn = async (kind: keyof typeof schemas) =>
    [schemas[kind], await (await open()).getAll(kind)] as const;
  const all = ['sets', 'photos', 'answers', 'maps'] as const;

  /** Changes the sets, and drops what only photos of sets that are gone needed. */
  async function changeSets(
    change: (sets: Map<string, TeachingSet>) => void,
    photos: ReadonlyMap<string, StoredPhoto> = new Map(),
  ): Promise<void> {
    const transaction = (await open()).transaction(all, 'readwrite');
    await allOrNothing(transaction, async () => {
      const store = transaction.objectStore('sets');
      const stored = await store.getAll();
      const keys = await transaction.objectStore('photos').getAllKeys();
      const before = new Map(stored.map((set) => [set.id, set]));
      const after = new Map(before);
      change(after);
      const wanted = new Set([...after.values()].flatMap(photosOf));
      // Nobody knows which photos belong to a set that cannot be read.
      const unsure = readOneByOne(teachingSetSchema, [...after.values()]).unreadable.length > 0;
      const gone = unsure ? [] : keys.filter((key) => !wanted.has(key));
      await together([
        ...[...before.keys()].filter((id) => !after.has(id)).map((id) => () => store.delete(id)),
        ...[...after]
          .filter(([id, set]) => before.get(id) !== set)
          .map(
            ([, set]) =>
              () =>
                store.put(set),
          ),
        ...[...photos].map(
          ([key, photo]) =>
            () =>
              transaction.objectStore('photos').put(photo, key),
        ),
        ...gone.flatMap((key) => [
          () => transaction.objectStore('photos').delete(key),
          () => transaction.objectStore('answers').delete(ofPhoto(key)),
          () => transaction.objectStore('maps').delete(ofPhoto(key)),
        ]),
      ]);
    });
  }

  return {
    async sets() {
      const sets = readStoredSets(await (await open()).getAll('sets'));
      return sets.sort((a, b) => a.title.localeCompare(b.title));
    },
    async changeSet(id, change, photos) {
      let changed: TeachingSet | null = null;
      await changeSets((sets) => {
        const stored = sets.get(id);
        changed = change(stored ? (readStoredSets([stored])[0] ?? null) : null);
        if (changed) sets.set(id, changed);
      }, photos);
      return changed;
    },
    putSet: (set, photos) => changeSets((sets) => sets.set(set.id, set), photos),
    removeSet: (id) => changeSets((sets) => sets.delete(id)),
    photo: async (sha256) => (await (await open()).get('photos', sha256)) ?? null,
    answers: async () => readOneByOne<MachineAnswer>(...(await storedIn('answers'))).read,
    map: async (photo, asked) => (await (await open()).get('maps', [photo, asked])) ?? null,
    async putAnswer(answer, map) {
      const key: [string, string] = [answer.photo, answer.asked];
      const transaction = (await open()).transaction(['answers', 'maps'], 'readwrite');
      await allOrNothing(transaction, () =>
        together([
          () => transaction.objectStore('answers').put(answer, key),
          map && (() => transaction.objectStore('maps').put(map, key)),
        ]),
      );
    },
    attempts: async () => readOneByOne<Attempt>(...(await storedIn('attempts'))).read,
    async addAttempt(attempt) {
      await (await open()).add('attempts', attempt);
    },
    async clearAttempts() {
      await (await open()).clear('attempts');
    },
    async unreadable() {
      const stored = await Promise.all((['sets', 'answers', 'attempts'] as const).map(storedIn));
      return stored.flatMap(([schema, values]) => readOneByOne(schema, values).unreadable);
    },
  };
}
