import { useSyncExternalStore } from 'react';
import type { Language } from './context';

/** Addresses within the app: what stands behind a page's path, the ways to kept records, and the help. */

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

/**
 * A page of the documentation, which the build makes of docs/. `page`: its Markdown file in docs/, without the ending; the
 * quick starts in docs/start are there in both languages, all others in English.
 */
export const helpAddress = (page: string, language: Language) =>
  `./docs/${language === 'ko' ? page.replace(/^start\//, 'start/ko/') : page}.html`;
