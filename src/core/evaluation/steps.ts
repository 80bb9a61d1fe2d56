/**
 * Work on many items in steps, each with the number of items that it did: whoever runs it may let others go first
 * between two of them. Half a million names take seconds, and a page must answer a press all the while.
 */
export type Steps<T> = Generator<number, T, void>;

/** Items of one step: a few milliseconds. */
const atOnce = 500;

/** Does something with each item, in steps. */
export function* each<T>(items: Iterable<T>, work: (item: T) => void): Steps<void> {
  let count = 0;
  for (const item of items) {
    work(item);
    count += 1;
    if (count % atOnce === 0) yield atOnce;
  }
}

/** Runs all of it at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
