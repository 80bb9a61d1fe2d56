/**
 * How often a server was asked for something. Pictures and files from memory (`data:`, `blob:`) are no
 * requests.
 */
export interface RequestCount {
  /** The server that the page came from, the browser's cache and a service worker among them. */
  own: number;
  /** Any other. */
  elsewhere: number;
}

/**
 * Counts every request of this page, or of the worker that it is called in, from its first one on: the
 * browser lists them all as "resource" entries, whatever started them. Each call of the function returned
 * gives the count now.
 */
export function countRequests(origin: string): () => RequestCount {
  const count: RequestCount = { own: 0, elsewhere: 0 };
  const take = (entries: PerformanceEntryList) => {
    for (const { name } of entries) {
      const url = new URL(name, origin);
      if (url.protocol === 'http:' || url.protocol === 'https:')
        count[url.origin === origin ? 'own' : 'elsewhere'] += 1;
    }
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: 'resource', buffered: true });
  return () => {
    take(observer.takeRecords());
    return { ...count };
  };
}
