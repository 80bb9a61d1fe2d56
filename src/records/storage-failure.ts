import { type FailureCode, failure } from '../core/failure';

/** What the browser's errors mean for what is kept; names as in the IndexedDB specification. */
const codes: Record<string, FailureCode> = {
  // The database was made by a newer version of the app.
  VersionError: 'storage-newer',
  QuotaExceededError: 'storage-full',
  // Site data are blocked.
  SecurityError: 'storage-denied',
  NotAllowedError: 'storage-denied',
};

/**
 * An error of IndexedDB as a failure; "internal" for what is none, and for what no database can store, which is a fault
 * of ours. Whatever else the browser refuses is "storage-broken": a database or a store that is gone, a transaction
 * that it ended, a profile that is damaged. That is not to say that it keeps nothing.
 */
export function storageFailure(error: unknown) {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const missing = error instanceof ReferenceError || error instanceof TypeError;
  // A browser without IndexedDB has no such name at all.
  const code = missing && typeof indexedDB === 'undefined' ? 'storage-denied' : codes[name];
  const refused = error instanceof DOMException && name !== 'DataCloneError' ? 'storage-broken' : 'internal';
  return failure(code ?? refused, { reason: String(error) });
}
