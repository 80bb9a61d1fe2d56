const slices = 10;

/**
 * Calls `onEnd` once, after `limitMs` milliseconds in which this tab was awake. Returns the function that stops
 * it. For every time limit on what another may leave unanswered: a browser freezes tabs in the background and a
 * machine sleeps, and behind either a plain timer is due at once, before the answer that waits in line.
 *
 * The limit is counted in ten slices. One that ends late, because the tab slept or was busy, is not counted;
 * of two in a row the second is, so that a browser that wakes a tab once a minute does not put the end off
 * for ever.
 */
export function afterAwake(limitMs: number, onEnd: () => void): () => void {
  const slice = limitMs / slices;
  let left = slices;
  let wasLate = false;
  let begun = performance.now();
  let timer = setTimeout(next, slice);
  function next(): void {
    const late = performance.now() - begun > 2 * slice;
    if (!late || wasLate) left -= 1;
    wasLate = late && !wasLate;
    if (left === 0) {
      onEnd();
      return;
    }
    begun = performance.now();
    timer = setTimeout(next, slice);
  }
  return () => clearTimeout(timer);
}
