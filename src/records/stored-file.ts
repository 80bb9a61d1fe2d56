import { wrap } from 'idb';
import type { Result } from '../core/failure';

/**
 * A file in IndexedDB. WebKit's private windows store no Blob (bugs.webkit.org/show_bug.cgi?id=156347), so there the
 * bytes stand for it. This can go when no browser refuses a Blob any more.
 */
export type StoredFile = Blob | { type: string; bytes: ArrayBuffer };

/** The file that is stored. */
export const fileOf = (stored: StoredFile): Blob =>
  stored instanceof Blob ? stored : new Blob([stored.bytes], { type: stored.type });

/** What is stored of files, in their order. Asked once a transaction, for all files of it. */
export type Stored = (files: readonly Blob[]) => readonly StoredFile[];

/** By connection: whether it stores Blobs. */
const trials = new WeakMap<IDBDatabase, Promise<boolean>>();

/**
 * Stores files by `write`: as Blobs, or as bytes where the browser stores none. That shows in a trial of one Blob
 * alone, because in WebKit a transaction that asks for more beside a refused Blob never ends, and holds up all after it
 * (seen in WebKitGTK 2.50). `store` has keys of its own. `write` may be called twice, and rejects or fails the first
 * time where `stored` throws.
 */
export async function storeFiles<T>(
  database: IDBDatabase,
  store: string,
  write: (stored: Stored) => Promise<Result<T>>,
): Promise<Result<T>> {
  const tried = trials.get(database) ?? storesBlobs(database, store);
  trials.set(database, tried);
  if (await tried) return write((files) => files);
  const bytes = new Map<Blob, StoredFile>();
  const missing = new Set<Blob>();
  const stored: Stored = (files) => {
    for (const file of files) if (!bytes.has(file)) missing.add(file);
    // Bytes cannot be waited for inside a transaction.
    if (missing.size > 0) throw new DOMException('bytes first', 'DataCloneError');
    return files.map((file) => bytes.get(file) as StoredFile);
  };
  const outcome = await write(stored);
  if (outcome.ok || missing.size === 0) return outcome;
  for (const file of missing) bytes.set(file, { type: file.type, bytes: await file.arrayBuffer() });
  missing.clear();
  return write(stored);
}

/** Nothing of the trial stays. A full disk is full for bytes too. */
async function storesBlobs(database: IDBDatabase, store: string): Promise<boolean> {
  try {
    const transaction = wrap(database).transaction(store, 'readwrite');
    transaction.done.catch(() => {});
    await transaction.store.put(new Blob(['?']), 'trial');
    transaction.abort();
    return true;
  } catch (error) {
    return error instanceof DOMException && error.name === 'QuotaExceededError';
  }
}
