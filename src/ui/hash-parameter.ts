import { useSyncExternalStore } from 'react';

/**
 * What the address says behind the page's path, such as the id in "#/models?model=..."; null where it says
 * nothing of it. What is kept in the address, the browser's back button leads back from.
 */
export function useHashParameter(name: string): string | null {
  return useSyncExternalStore(subscribe, () =>
    new URLSearchParams(window.location.hash.split('?')[1]).get(name),
  );
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}
