import { type FailureCode, failure } from '../core/failure';

/** What the browser's errors mean for what is kept; names as in the IndexedDB specification. */
const codes: Record<string, FailureCode> = {
  // The database was made by a newer version of the app.
  VersionError: 'storage-newer',
  QuotaExceededError: 'storage-full',
  // Site data are blocked, the window is private, or the profile on the disk is damaged.
  SecurityError: 'storage-denied',
  NotAllowedError: 'storage-denied',
  InvalidStateError: 'storage-denied',
  UnknownError: 'storage-denied',
  AbortError: 'storage-denied',
};

/**
 * An error of IndexedDB as a failure; "internal" for what is none, and for what no database can store, which is a fault
 * of ours. Whatever else the browser refuses, such as a file of its own that is gone or a transaction that it has ended,
 * means that it keeps nothing now.
 */
export function storageFailure(error: unknown) {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const missing = error instanceof ReferenceError || error instanceof TypeError;
  // A browser without IndexedDB has no such name at all.
  const code = missing && typeof indexedDB === 'undefined' ? 'storage-denied' : codes[name];
  const refused = error instanceof DOMException && name !== 'DataCloneError' ? 'storage-denied' : 'internal';
  return failure(code ?? refused, { reason: String(error) });
}
