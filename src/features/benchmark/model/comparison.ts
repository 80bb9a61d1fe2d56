import type { BackendName } from '../../../core/analysis';

/** What one package took on one back end: the median of its steady passes, in milliseconds. */
export interface Timing {
  packageId: string;
  backend: BackendName;
  median: number;
}

/** Which back end computes faster here, over the packages that were timed on both. */
export interface BenchmarkComparison {
  faster: BackendName;
  /** How many times as fast: the geometric mean over the packages, 1 or more. */
  times: number;
  packages: number;
  /** False where the difference is within what two runs of the same thing differ by. */
  clear: boolean;
}

/** Under this many times as fast, nothing is chosen for it. */
const clearFrom = 1.15;

/** Null where no package was timed on both. */
export function compareBackends(timings: readonly Timing[]): BenchmarkComparison | null {
  const on = (name: BackendName) =>
    new Map(
      timings.filter(({ backend }) => backend === name).map((timing) => [timing.packageId, timing.median]),
    );
  const wasm = on('wasm');
  const logarithms = [...on('webgpu')].flatMap(([id, median]) => {
    const other = wasm.get(id);
    return other === undefined ? [] : [Math.log(other / median)];
  });
  if (logarithms.length === 0) return null;
  const mean = logarithms.reduce((sum, value) => sum + value, 0) / logarithms.length;
  const times = Math.exp(Math.abs(mean));
  return {
    faster: mean >= 0 ? 'webgpu' : 'wasm',
    times,
    packages: logarithms.length,
    clear: times >= clearFrom,
  };
}
