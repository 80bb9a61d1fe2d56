/** A file as the card lists it. */
export interface FileEntry {
  path: string;
  bytes: number;
  sha256: string;
}

/** Where a package's files come from and where they are kept; tests put their own in. */
export interface FileSource {
  fetch: typeof fetch;
  /** The browser's Cache API, or null if there is none (a page over plain http). */
  caches: CacheStorage | null;
}
