/**
 * The threshold that parts values from 0 up best into two groups, in 64 steps (Otsu, IEEE Trans. SMC 9,
 * 1979).
 */
export function otsu(values: readonly number[]): number {
  const bins = 64;
  const largest = Math.max(...values, 1e-6);
  const histogram = new Float64Array(bins);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((value / largest) * bins));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  const total = values.length;
  const mass = histogram.reduce((sum, count, bin) => sum + count * bin, 0);
  let [below, belowMass, best, threshold] = [0, 0, -1, 0];
  for (let bin = 0; bin < bins; bin++) {
    below += histogram[bin] ?? 0;
    belowMass += bin * (histogram[bin] ?? 0);
    if (below === 0 || below === total) continue;
    const gap = belowMass / below - (mass - belowMass) / (total - below);
    const between = below * (total - below) * gap * gap;
    if (between > best) [best, threshold] = [between, bin + 1];
  }
  return (threshold * largest) / bins;
}
