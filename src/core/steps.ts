/**
 * Work on many items in steps, each with the number of items that it did: whoever runs it may let others go first
 * between two of them. Half a million names take seconds, and a page must answer a press all the while.
 */
export type Steps<T> = Generator<number, T, void>;

/** Items of one step: a few milliseconds. */
const atOnce = 500;

/** Does something with each item, in steps of `many` items. */
export function* each<T>(items: Iterable<T>, work: (item: T) => void, many = atOnce): Steps<void> {
  let count = 0;
  for (const item of items) {
    work(item);
    count += 1;
    if (count % many === 0) yield many;
  }
}

/** The items in the order of `compare`, as `Array.sort` has them: a stable merge sort, in steps. */
export function* sorting<T>(items: readonly T[], compare: (a: T, b: T) => number): Steps<T[]> {
  let from: T[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    from.push(...items.slice(start, start + atOnce).sort(compare));
    yield atOnce;
  }
  for (let run = atOnce; run < items.length; run *= 2) {
    const to: T[] = [];
    for (let left = 0; left < from.length; left += 2 * run) {
      const [middle, end] = [Math.min(left + run, from.length), Math.min(left + 2 * run, from.length)];
      let [first, second] = [left, middle];
      while (first < middle || second < end) {
        const isFirst =
          second === end || (first < middle && compare(from[first] as T, from[second] as T) <= 0);
        to.push(from[isFirst ? first++ : second++] as T);
        if (to.length % atOnce === 0) yield atOnce;
      }
    }
    from = to;
  }
  return from;
}

/** Runs all of it at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
