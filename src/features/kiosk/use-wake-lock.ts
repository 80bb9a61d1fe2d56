import { useEffect, useState } from 'react';

/** Whether the screen is kept from going dark: `missing` where the browser has no such thing, `refused` where it says no. */
export type WakeLockState = 'held' | 'released' | 'refused' | 'missing';

/** Keeps the screen awake while the part is on the page. The browser lets go whenever the page is hidden; back in view it is asked anew. */
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
    return () => {
      ended = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
  return state;
}
