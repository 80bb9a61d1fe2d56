import { useEffect } from 'react';
import { type Connection, isUnmetered } from '../../../runtime/unmetered';
import { useServices } from '../../../ui/context';

/** Milliseconds to wait where the browser does not say when it is idle. */
const quiet = 2_000;

/**
 * Fetches packages into this browser's cache while the page is idle, so that the first photo waits for no
 * download. Ends with the part of the page that asked for it; what has come is kept, and a load goes on from there.
 */
export function usePrefetch(packageIds: readonly string[]): void {
  const { modelCache } = useServices();
  const wanted = packageIds.join(' ');
  useEffect(() => {
    if (!mayPrefetch()) return;
    let ended = false;
    let started: string[] = [];
    const fetchAbsent = async () => {
      await modelCache.refresh();
      const { packages } = modelCache.store.getState();
      // What the user fetches already is theirs to cancel, and what failed once is theirs to try again.
      if (!ended) started = wanted.split(' ').filter((id) => (packages[id]?.state ?? 'absent') === 'absent');
      await modelCache.prefetch(started);
    };
    const callOff = whenIdle(() => void fetchAbsent());
    return () => {
      ended = true;
      callOff();
      for (const id of started) modelCache.cancel(id);
    };
  }, [modelCache, wanted]);
}

function mayPrefetch(): boolean {
  // A program that drives the page asks for what it needs, and measures nothing beside a download.
  if (navigator.webdriver) return false;
  const { connection } = navigator as Navigator & { connection?: Connection };
  return isUnmetered(connection, matchMedia('(pointer: coarse)').matches);
}

/** Calls once the page is idle; returns what calls it off. */
function whenIdle(call: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(call, quiet);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(call);
  return () => cancelIdleCallback(handle);
}
