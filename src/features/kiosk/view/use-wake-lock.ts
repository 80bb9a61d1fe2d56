import { useEffect, useState } from 'react';

/**
 * Whether the screen is kept from going dark: `missing` where the browser has no such thing, `refused` where
 * it says no.
 */
export type WakeLockState = 'held' | 'released' | 'refused' | 'missing';

/** Milliseconds after which a lock that the browser took back, or would not give, is asked for again. */
const askAgainAfter = 10_000;

/**
 * Keeps the screen awake while the part is on the page. The browser releases it whenever the page is hidden, and
 * may at other times, for a low battery for one: back in view, and every few seconds, it is asked again.
 */
export function useWakeLock(): WakeLockState {
  const [state, setState] = useState<WakeLockState>('wakeLock' in navigator ? 'released' : 'missing');
  useEffect(() => {
    if (!('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let ended = false;
    const ask = async () => {
      if (document.visibilityState !== 'visible' || (lock && !lock.released)) return;
      try {
        lock = await navigator.wakeLock.request('screen');
        if (ended) return void lock.release();
        lock.addEventListener('release', () => setState('released'));
        setState('held');
      } catch {
        // A battery that runs low, or a policy.
        setState('refused');
      }
    };
    void ask();
    document.addEventListener('visibilitychange', ask);
    const timer = setInterval(ask, askAgainAfter);
    return () => {
      ended = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
  return state;
}
