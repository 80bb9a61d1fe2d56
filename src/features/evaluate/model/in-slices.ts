import type { Steps } from '../../../core/steps';
import { nextTask } from './next-task';

/** Milliseconds of work before the page gets its turn: less than a frame. */
const sliceMs = 12;

/** The time, in milliseconds, and what lets the page go first. */
export interface Clock {
  now: () => number;
  pause: () => Promise<void>;
}

const pageClock: Clock = { now: () => performance.now(), pause: nextTask };

/** Work on many items, of which a slice is done at a time. */
export interface SlicedWork<T> {
  /** Null until it is done. What takes one slice is there at once. */
  readonly result: { value: T } | null;
  /** How many items are done, as the steps count them. */
  readonly items: number;
  /**
   * Does the rest, and lets the page go first between two slices; ends early where `goesOn` says so, and may be
   * called again. `onSlice` is told of each slice. Rejects with what a step throws.
   */
  goOn(options?: { goesOn?: () => boolean; onSlice?: () => void }): Promise<void>;
}

/** Does the first slice of it now. */
export function beginSlices<T>(steps: Steps<T>, { now, pause }: Clock = pageClock): SlicedWork<T> {
  let result: { value: T } | null = null;
  let items = 0;
  const slice = (): void => {
    const end = now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done) {
        result = { value: step.value };
        return;
      }
      items += step.value;
    } while (now() < end);
  };
  slice();
  return {
    get result() {
      return result;
    },
    get items() {
      return items;
    },
    async goOn({ goesOn = () => true, onSlice = () => {} } = {}) {
      while (!result) {
        await pause();
        if (result || !goesOn()) return;
        slice();
        onSlice();
      }
    },
  };
}

/** Does all of it, and lets the page go first between two slices. */
export async function inSlices<T>(steps: Steps<T>, clock?: Clock): Promise<T> {
  const work = beginSlices(steps, clock);
  await work.goOn();
  return (work.result as { value: T }).value;
}
