import { quantile } from '../../../core/metrics/bootstrap';

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
