import { argmax, type Weights } from './confusion';

/** Do probabilities keep their word? The same definitions as training/lentigo/metrics.py. */

const reliabilityBins = 15;

/** The images whose most probable class got a probability from `low` up to `high`. */
export interface ReliabilityBin {
  low: number;
  high: number;
  /** Mean probability of the most probable class. */
  confidence: number;
  /** Share of right answers. */
  accuracy: number;
  count: number;
}

/** What calibration needs of each image. */
export interface Confidences {
  /** Probability of the most probable class, 0 to 1. */
  confidence: number[];
  right: boolean[];
}

/** `truth` holds class indices, `probabilities` a row an image. */
export function confidences(
  truth: readonly number[],
  probabilities: readonly (readonly number[])[],
): Confidences {
  const top = probabilities.map((row) => argmax(row));
  return {
    confidence: top.map((best, index) => probabilities[index]?.[best] as number),
    right: top.map((best, index) => best === truth[index]),
  };
}

/**
 * What one class alone was given, and whether it is the true one: with these, `reliability` and
 * `calibrationError` are about that class (class-wise calibration: Kull et al., NeurIPS 2019, equation 3).
 */
export function classConfidences(
  truth: readonly number[],
  probabilities: readonly (readonly number[])[],
  column: number,
): Confidences {
  return {
    confidence: probabilities.map((row) => row[column] as number),
    right: truth.map((label) => label === column),
  };
}

/** The bins that hold images, of equal width. */
export function reliability(of: Confidences): ReliabilityBin[] {
  const { counts, confidence, right } = binned(of);
  return counts
    .map((count, bin) => ({
      low: bin / reliabilityBins,
      high: (bin + 1) / reliabilityBins,
      confidence: (confidence[bin] as number) / count,
      accuracy: (right[bin] as number) / count,
      count,
    }))
    .filter(({ count }) => count > 0);
}

/**
 * Expected calibration error of the top class, 15 bins of equal width (Guo et al. 2017, equation 3), 0 to 1;
 * NaN of nothing.
 */
export function calibrationError(of: Confidences, weights?: Weights): number {
  const { counts, confidence, right } = binned(of, weights);
  const gaps = counts.reduce(
    (total, _, bin) => total + Math.abs((right[bin] as number) - (confidence[bin] as number)),
    0,
  );
  return gaps / counts.reduce((total, count) => total + count, 0);
}

/**
 * Each image's part in Brier's original score (1950), 0 to 2: squared differences added up over all classes.
 * Their mean is the score.
 */
export function brierTerms(
  truth: readonly number[],
  probabilities: readonly (readonly number[])[],
): number[] {
  return probabilities.map((row, index) =>
    row.reduce(
      (total, probability, column) => total + (probability - (column === truth[index] ? 1 : 0)) ** 2,
      0,
    ),
  );
}

function binned({ confidence, right }: Confidences, weights?: Weights) {
  const zeros = () => new Array<number>(reliabilityBins).fill(0);
  const sums = { counts: zeros(), confidence: zeros(), right: zeros() };
  for (let index = 0; index < confidence.length; index++) {
    const value = confidence[index] as number;
    const weight = weights?.[index] ?? 1;
    const bin = Math.min(Math.floor(value * reliabilityBins), reliabilityBins - 1);
    (sums.counts[bin] as number) += weight;
    (sums.confidence[bin] as number) += weight * value;
    if (right[index]) (sums.right[bin] as number) += weight;
  }
  return sums;
}
