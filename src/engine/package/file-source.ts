import type { FileCache } from './file-cache';

/** A file as the card lists it. */
export interface FileEntry {
  path: string;
  bytes: number;
  sha256: string;
}

/** How long a server may be silent, in milliseconds: before its answer, and between two pieces of it. */
export interface TimeLimits {
  answerMs: number;
  pauseMs: number;
}

/** Where a package's files come from and where they are kept; tests put their own in. */
export interface FileSource {
  fetch: typeof fetch;
  cache: FileCache;
  /** `defaultLimits` of transfer.ts when absent. */
  limits?: TimeLimits;
}
