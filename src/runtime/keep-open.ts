import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/**
 * Gives a database of this browser: the first call opens it, or makes it by `make`, and the others share it.
 * It is let go at once where another tab deletes it, and opened again by the next call; so it is where the
 * browser closed it or did not open it. Rejects with the browser's own error.
 */
export function keepOpen<S extends DBSchema>(
  name: string,
  make: (database: IDBPDatabase<S>) => void,
): () => Promise<IDBPDatabase<S>> {
  let opening: Promise<IDBPDatabase<S>> | null = null;
  const forget = () => {
    opening = null;
  };
  return () => {
    opening ??= openDB<S>(name, 1, {
      upgrade: (database) => make(database),
      blocking(_current, _wanted, event) {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    opening.catch(forget);
    return opening;
  };
}
