/**
 * Wrong PINs since the last right one, and the time (milliseconds since 1970) until which no other is heard.
 * Kept on this machine, so that a reload does not clear it.
 */
export interface PinLock {
  wrong: number;
  until: number | null;
}

/** Wrong PINs until the next wait. */
const tries = 3;
const shortestWaitMs = 30_000;
const longestWaitMs = 600_000;

export const unlocked: PinLock = { wrong: 0, until: null };

/**
 * Milliseconds that no PIN is heard after so many wrong ones: 30 seconds after the first three, twice as
 * long after each further three, at most ten minutes. All PINs of four digits then take three weeks.
 */
export function waitAfter(wrong: number): number {
  return Math.min(longestWaitMs, shortestWaitMs * 2 ** (Math.max(1, Math.floor(wrong / tries)) - 1));
}

/** The lock after one more wrong PIN at `now`. */
export function afterWrongPin({ wrong: before }: PinLock, now: number): PinLock {
  const wrong = before + 1;
  return { wrong, until: wrong % tries === 0 ? now + waitAfter(wrong) : null };
}

export const isLocked = ({ until }: PinLock, now: number): boolean => until !== null && now < until;

/** The lock of a page that can keep none: each start begins with a wait, else a reload would give three tries. */
export const lockAtStart = (now: number): PinLock => ({ wrong: 0, until: now + shortestWaitMs });

/**
 * The lock as `JSON.stringify` wrote it; null where nothing is kept, or nothing that makes sense. A clock that
 * was set back does not make a wait longer.
 */
export function readLock(stored: string | null, now: number): PinLock | null {
  try {
    const { wrong, until } = JSON.parse(stored ?? '') as Partial<PinLock>;
    if (!Number.isSafeInteger(wrong) || Number(wrong) < 0) return null;
    const count = Number(wrong);
    if (typeof until !== 'number' || !Number.isFinite(until)) return { wrong: count, until: null };
    return { wrong: count, until: Math.min(until, now + waitAfter(count)) };
  } catch {
    return null;
  }
}
