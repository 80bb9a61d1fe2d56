/** Some runs of the same work in milliseconds, in short. */
export interface Latency {
  median: number;
  /** Nine in ten runs took no longer. */
  p90: number;
  count: number;
}

/** Throws where there is no run. */
export function latencyOf(milliseconds: readonly number[]): Latency {
  if (milliseconds.length === 0) throw new Error('no run was timed');
  const sorted = [...milliseconds].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), p90: quantile(sorted, 0.9), count: sorted.length };
}

/** Linear between the two neighbours, as numpy's default (Hyndman and Fan's definition 7). `sorted` ascends and is not empty. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] as number;
  const above = sorted[Math.ceil(at)] as number;
  return below + (at - Math.floor(at)) * (above - below);
}
