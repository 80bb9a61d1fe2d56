import type { Card } from './card';

/**
 * The hash of a card's package (`packageHash`), by the card. A digest takes a promise and a verdict is reached at once,
 * so whoever lists the cards remembers it. Unknown on a page over plain http, where browsers have no cryptography.
 */
let hashes = new WeakMap<object, string>();

export const rememberHash = (card: Card, hash: string): unknown => hashes.set(card, hash);

export const knownHash = (card: object): string | null => hashes.get(card) ?? null;

/** For tests that share a process: what one remembered of a card says nothing in the next. */
export function forgetHashes(): void {
  hashes = new WeakMap();
}
