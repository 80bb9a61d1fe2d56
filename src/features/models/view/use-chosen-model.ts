import { useSyncExternalStore } from 'react';

/** The address of one model's sheet; without an id that of the list. */
export function addressOf(packageId?: string): string {
  return packageId === undefined ? '#/models' : `#/models?model=${encodeURIComponent(packageId)}`;
}

/**
 * The package that the address names ("#/models?model=..."), or null: so the browser's back button leads back
 * to the list.
 */
export function useChosenModel(): string | null {
  return useSyncExternalStore(subscribe, () =>
    new URLSearchParams(window.location.hash.split('?')[1]).get('model'),
  );
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}
