import { type DBSchema, deleteDB, type IDBPDatabase, type OpenDBCallbacks, openDB, unwrap } from 'idb';

/**
 * As `openDB`. A database of the right version without a single store, as a browser leaves one whose data it
 * cleared half way, holds nothing and would refuse every call for good: it is made anew. Rejects with the
 * browser's own error.
 */
export async function openDatabase<S extends DBSchema>(
  name: string,
  version: number,
  callbacks: OpenDBCallbacks<S>,
): Promise<IDBPDatabase<S>> {
  const open = () => openDB<S>(name, version, callbacks);
  const database = await open();
  if (database.objectStoreNames.length > 0) return database;
  database.close();
  await deleteDB(name);
  return open();
}

/**
 * Whether a connection still answers. Safari loses its database process without a "close" event, and then every
 * transaction of the connection is refused until the page is loaded again (bugs.webkit.org/show_bug.cgi?id=273827).
 */
export function isAlive<S extends DBSchema>(database: IDBPDatabase<S>): boolean {
  try {
    // One store is enough to ask, and waits for no work on the others.
    (unwrap(database) as IDBDatabase).transaction(String(database.objectStoreNames[0]));
    return true;
  } catch {
    return false;
  }
}
