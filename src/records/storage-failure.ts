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

/** An error of IndexedDB as a failure; "internal" for what is none. */
export function storageFailure(error: unknown) {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const missing = error instanceof ReferenceError || error instanceof TypeError;
  // A browser without IndexedDB has no such name at all.
  const code = missing && typeof indexedDB === 'undefined' ? 'storage-denied' : codes[name];
  return failure(code ?? 'internal', { reason: String(error) });
}
