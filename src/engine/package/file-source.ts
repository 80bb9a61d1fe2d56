import type { FileCache } from './file-cache';
import type { TimeLimits } from './transfer';

/** A file as the card lists it. */
export interface FileEntry {
  path: string;
  bytes: number;
  sha256: string;
}

/** Where a package's files come from and where they are kept; tests put their own in. */
export interface FileSource {
  fetch: typeof fetch;
  cache: FileCache;
  /** `defaultLimits` when absent. */
  limits?: TimeLimits;
}
