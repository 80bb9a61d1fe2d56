import { type DependencyList, useEffect, useMemo, useReducer, useRef } from 'react';
import type { Steps } from '../../../core/steps';
import { beginSlices } from '../model/in-slices';
import { Measuring } from './Measuring';

/** What came of work in steps. `value` is that of before while new work is under way, null before there was any. */
export interface SteppedValue<T> {
  value: T | null;
  pending: boolean;
}

/**
 * What becomes of work on many items that a part shows. It gives way to the page: only what takes one slice is done
 * while the part is drawn. `make` is called again when `deps` change.
 */
export function useSteps<T>(make: () => Steps<T>, deps: DependencyList): SteppedValue<T> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says what it depends on, as with useMemo
  const work = useMemo(() => beginSlices(make()), deps);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const last = useRef<T | null>(null);
  useEffect(() => {
    let gone = false;
    if (!work.result) void work.goOn({ goesOn: () => !gone }).then(() => !gone && redraw());
    return () => {
      gone = true;
    };
  }, [work]);
  if (work.result) last.current = work.result.value;
  return { value: last.current, pending: !work.result };
}

/** In the place of what is still under way. A report waits for it (`whenShown`). */
export function Looking() {
  return (
    <div data-looking>
      <Measuring />
    </div>
  );
}

/** Resolves once nothing of `page` is under way any more and it has been drawn. */
export async function whenShown(page: HTMLElement): Promise<void> {
  // Plots take their size from the page, and draw themselves in the frame after they know it.
  let frames = 3;
  while (frames > 0) {
    await new Promise(requestAnimationFrame);
    frames = page.querySelector('[data-looking]') ? 3 : frames - 1;
  }
}
