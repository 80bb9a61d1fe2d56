import { localStore } from '../runtime/local-store';
import { pathOfHash } from './hash-route';

/** Where a visit begins that names no screen. */

/** What a person can choose to begin with: the start page, or one of its two doors for daily use. */
const starts = ['', 'clinic', 'self-check'];
const name = 'lentigo-start';

/**
 * The screen to begin with; null for the one in the address. On a phone it is the self-check, until a person has
 * gone somewhere else there.
 */
export function startPath(path: string, phone: boolean, kept: string | null): string | null {
  if (path !== '' || !phone) return null;
  const start = kept !== null && starts.includes(kept) ? kept : 'self-check';
  return start === '' ? null : start;
}

/** CSS pixels: phones are at most 480 across their shorter side, tablets at least 600. */
const phoneSide = 540;

/** A screen that is touched and has a short side: a phone, however it is held. */
export function isPhone({ coarse, width, height }: { coarse: boolean; width: number; height: number }) {
  return coarse && Math.min(width, height) <= phoneSide;
}

/** Call before the first drawing: begins where this visit should, and keeps where a person goes on a phone. */
export function beginAtStart(): void {
  const phone = isPhone({
    coarse: window.matchMedia('(pointer: coarse)').matches,
    width: window.innerWidth,
    height: window.innerHeight,
  });
  if (!phone) return;
  const start = startPath(pathOfHash(window.location.hash), phone, localStore.read(name));
  if (start !== null) window.history.replaceState(null, '', `#/${start}`);
  window.addEventListener('hashchange', () => {
    const path = pathOfHash(window.location.hash);
    if (starts.includes(path)) localStore.write(name, path);
  });
}
