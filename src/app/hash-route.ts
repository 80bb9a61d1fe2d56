import { useSyncExternalStore } from 'react';

/** The path behind the hash: "#/clinic?x=1" is "clinic", "" and "#/" are "". */
export function pathOfHash(hash: string): string {
  return (
    hash
      .replace(/^#?\/*/, '')
      .split('?')[0]
      ?.replace(/\/+$/, '') ?? ''
  );
}

/** All that stands behind the hash, parameters too; the part is drawn again when it changes. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => window.location.hash);
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}
