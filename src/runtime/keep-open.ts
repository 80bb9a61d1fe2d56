import type { DBSchema, IDBPDatabase } from 'idb';
import { isAlive, openDatabase } from './open-database';

/**
 * Gives a database of this browser: the first call opens it, and the others share it. `steps` lead from each
 * version to the next, the first one makes it; a step that has been released is never changed. It is let go at once
 * where another tab deletes it, and opened again by the next call; so it is where the browser closed it, with or
 * without a word, or did not open it. Rejects with the browser's own error.
 */
export function keepOpen<S extends DBSchema>(
  name: string,
  ...steps: ((database: IDBPDatabase<S>) => void)[]
): () => Promise<IDBPDatabase<S>> {
  let opening: Promise<IDBPDatabase<S>> | null = null;
  const forget = () => {
    opening = null;
  };
  const open = () => {
    opening ??= openDatabase<S>(name, steps.length, {
      upgrade(database, from) {
        for (const step of steps.slice(from)) step(database);
      },
      blocking(_current, _wanted, event) {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    opening.catch(forget);
    return opening;
  };
  return async () => {
    const asked = open();
    const database = await asked;
    if (isAlive(database)) return database;
    // Another call may have opened it again already.
    if (opening === asked) forget();
    return open();
  };
}
