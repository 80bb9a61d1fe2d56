import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { seededRandom } from '../metrics/random';

/**
 * An out-of-distribution score fitted on labelled photos of a model that came without one: the squared
 * Mahalanobis distance of what goes into its last layer to the nearest class mean (Lee et al., NeurIPS 2018,
 * equation 2), as in training/lentigo/evaluation/ood.py. There are few photos here, so that the covariance is
 * shrunk by Ledoit and Wolf's rule, and the threshold is taken from scores of photos that were left out.
 */

/** score(x) = min over classes k of |x projection - means[k]|². */
export interface OodDetector {
  /** [width, dimension], row by row. */
  projection: Float32Array;
  /** [classes with photos, dimension], row by row. */
  means: Float32Array;
  /** Numbers of a photo's features. */
  width: number;
  dimension: number;
}

export interface OodFit {
  detector: OodDetector;
  /** Over it a photo is called unusual: `acceptance` of the photos do not exceed it. */
  threshold: number;
  acceptance: number;
  /** The share of photos that nothing was fitted to which pass, 0 to 1, and how many they are. */
  testAcceptance: number;
  testCount: number;
}

/** Of n photos with a known diagnosis. */
export interface FeatureSample {
  /** n class indices. */
  truth: readonly number[];
  /** n rows of the same width. */
  features: readonly Float32Array[];
  /** n names of what belongs together. */
  groups: readonly string[];
}

/** As in training: distances keep in so many random directions (Johnson and Lindenstrauss 1984). */
const mostDimensions = 128;
/** The least share of the mean variance that is mixed into the covariance; as in training. */
const leastShrinkage = 1e-3;
const acceptance = 0.95;
const folds = 5;
/** Photos whose spread is taken where features are wider: its decomposition takes the cube of the lesser. */
const mostRows = 256;

/**
 * Fits on one half; measures on the other which share passes. The threshold comes from five folds of the
 * fitting half, each scored by a detector that has not seen it. Null where the features are the same for all
 * photos, so that nothing can be unlike them.
 */
export function fitOod(
  fitting: FeatureSample,
  held: Pick<FeatureSample, 'features'>,
  seed = 1,
): OodFit | null {
  const width = fitting.features[0]?.length ?? 0;
  const axes = width > mostDimensions ? randomDirections(width, mostDimensions, seed) : Matrix.eye(width);
  const detector = fitDetector(fitting, axes);
  if (!detector) return null;
  const names = [...new Set(fitting.groups)];
  const foldOf = new Map(names.map((name, index) => [name, index % folds]));
  const left: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const isOut = fitting.groups.map((name) => foldOf.get(name) === fold);
    const without = fitDetector(
      rowsOf(fitting, (row) => !isOut[row]),
      axes,
    );
    if (!without) return null;
    left.push(...oodScores(without, rowsOf(fitting, (row) => isOut[row] === true).features));
  }
  const threshold = quantile(left, acceptance);
  const passed = oodScores(detector, held.features).filter((score) => score <= threshold).length;
  return {
    detector,
    threshold,
    acceptance,
    testAcceptance: passed / held.features.length,
    testCount: held.features.length,
  };
}

function rowsOf({ truth, features, groups }: FeatureSample, keeps: (row: number) => boolean): FeatureSample {
  const kept = <T>(values: readonly T[]) => values.filter((_, row) => keeps(row));
  return { truth: kept(truth), features: kept(features), groups: kept(groups) };
}

/** The least score that a share of the photos does not exceed, to six digits and never below it. */
function quantile(scores: readonly number[], share: number): number {
  const sorted = [...scores].sort((a, b) => a - b);
  const value = sorted[Math.ceil(share * (sorted.length - 1))] ?? 0;
  const rounded = Number(value.toPrecision(6));
  return rounded >= value ? rounded : Number((value * (1 + 1e-5)).toPrecision(6));
}

export function oodScores(
  { projection, means, width, dimension }: OodDetector,
  features: readonly Float32Array[],
): number[] {
  return features.map((row) => {
    const projected = new Float64Array(dimension);
    for (let at = 0; at < width; at++)
      for (let axis = 0; axis < dimension; axis++)
        projected[axis] =
          (projected[axis] as number) + (row[at] as number) * (projection[at * dimension + axis] as number);
    let nearest = Number.POSITIVE_INFINITY;
    for (let first = 0; first < means.length; first += dimension) {
      let distance = 0;
      for (let axis = 0; axis < dimension; axis++)
        distance += ((projected[axis] as number) - (means[first + axis] as number)) ** 2;
      nearest = Math.min(nearest, distance);
    }
    return nearest;
  });
}

/** Whitens by the shrunk covariance within classes, then keeps the directions `axes`, [width, dimension]. */
function fitDetector({ truth, features }: FeatureSample, axes: Matrix): OodDetector | null {
  const width = axes.rows;
  const present = [...new Set(truth)].sort((a, b) => a - b);
  const means = present.map((label) =>
    meanOf(
      features.filter((_, row) => truth[row] === label),
      width,
    ),
  );
  // In the order of the classes, so that each has its share of those that are taken.
  const order = truth.map((_, row) => row).sort((a, b) => (truth[a] as number) - (truth[b] as number));
  const count = width > mostRows ? Math.min(mostRows, order.length) : order.length;
  const residuals = new Matrix(
    Array.from({ length: count }, (_, at) => {
      const row = order[Math.floor((at * order.length) / count)] as number;
      const mean = means[present.indexOf(truth[row] as number)] as Float64Array;
      return Float64Array.from(
        features[row] as Float32Array,
        (value, axis) => value - (mean[axis] as number),
      );
    }),
  );
  const spread = spreadOf(residuals);
  if (!(spread.variance > 0)) return null;
  const projection = whitening(spread, axes);
  const dimension = projection.columns;
  const projected = new Matrix(means).mmul(projection);
  return {
    projection: Float32Array.from(projection.to1DArray()),
    means: Float32Array.from(projected.to1DArray()),
    width,
    dimension,
  };
}

function meanOf(rows: readonly Float32Array[], width: number): Float64Array {
  const mean = new Float64Array(width);
  for (const row of rows)
    for (let at = 0; at < width; at++) mean[at] = (mean[at] as number) + (row[at] as number) / rows.length;
  return mean;
}

/** The principal directions of the residuals, [width, r], their variances, and what is mixed in. */
interface Spread {
  directions: Matrix;
  variances: number[];
  /** The mean variance of an axis. */
  variance: number;
  shrinkage: number;
}

function spreadOf(residuals: Matrix): Spread {
  const { rows, columns } = residuals;
  const isWide = columns > rows;
  const square = isWide ? residuals.mmul(residuals.transpose()) : residuals.transpose().mmul(residuals);
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(square, {
    assumeSymmetric: true,
  });
  const largest = Math.max(...values, 0);
  const kept = values.flatMap((value, index) => (value > 1e-10 * largest ? [index] : []));
  const chosen = vectors.subMatrixColumn(kept);
  const directions = isWide ? residuals.transpose().mmul(chosen) : chosen;
  if (isWide)
    kept.forEach((index, column) => {
      directions.mulColumn(column, 1 / Math.sqrt(values[index] as number));
    });
  const variances = kept.map((index) => (values[index] as number) / rows);
  const variance = variances.reduce((sum, value) => sum + value, 0) / columns;
  return { directions, variances, variance, shrinkage: shrinkageOf(residuals, variances, variance) };
}

/**
 * The share of the mean variance that makes the covariance closest to the true one (Ledoit and Wolf 2004,
 * "A well-conditioned estimator for large-dimensional covariance matrices", lemma 3.2 to 3.4).
 */
function shrinkageOf(residuals: Matrix, variances: readonly number[], variance: number): number {
  const { rows, columns } = residuals;
  const norm = variances.reduce((sum, value) => sum + value * value, 0);
  const distance = norm - columns * variance * variance;
  let fourth = 0;
  for (let row = 0; row < rows; row++)
    fourth += residuals.getRow(row).reduce((sum, value) => sum + value * value, 0) ** 2;
  const error = (fourth / rows - norm) / rows;
  const share = distance > 0 ? error / distance : 1;
  return Math.min(1, Math.max(leastShrinkage, share));
}

/** [width, dimension]: the inverse root of the shrunk covariance, seen along the axes. */
function whitening({ directions, variances, variance, shrinkage }: Spread, axes: Matrix): Matrix {
  const floor = shrinkage * variance;
  const plain = 1 / Math.sqrt(floor);
  const along = directions.transpose().mmul(axes);
  variances.forEach((value, row) => {
    along.mulRow(row, 1 / Math.sqrt((1 - shrinkage) * value + floor) - plain);
  });
  return Matrix.add(Matrix.mul(axes, plain), directions.mmul(along));
}

/** Orthonormal columns, by Gram and Schmidt from normal numbers. */
function randomDirections(width: number, count: number, seed: number): Matrix {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const columns: Float64Array[] = [];
  while (columns.length < count) {
    const next = Float64Array.from({ length: width }, normal);
    for (const column of columns) {
      const shared = product(column, next);
      for (let at = 0; at < width; at++) next[at] = (next[at] as number) - shared * (column[at] as number);
    }
    const length = Math.sqrt(product(next, next));
    columns.push(next.map((value) => value / length));
  }
  return new Matrix(columns).transpose();
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}
