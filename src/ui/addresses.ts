import { useSyncExternalStore } from 'react';

/** Addresses within the app: what stands behind a page's path, and the ways to kept records. */

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

export const casesAddress = '#/cases';
export const lesionAddress = (id: string) => `#/cases?lesion=${encodeURIComponent(id)}`;
/** A kept photo in the clinic, where the work on it goes on. */
export const storedPhotoAddress = (id: string) => `#/clinic?photo=${encodeURIComponent(id)}`;
export const patientAddress = (id: string) => `#/cases?patient=${encodeURIComponent(id)}`;
/** The clinic, which proposes what comes in there for this lesion. */
export const addPhotoAddress = (lesionId: string) => `#/clinic?lesion=${encodeURIComponent(lesionId)}`;
