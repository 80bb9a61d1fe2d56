/**
 * Temperature and mix of diagnoses from labelled photos: bias-corrected temperature scaling (Alexandari,
 * Kundaje and Shrikumar, ICML 2020), the maximum of the posterior. One factor for all logits corrects how
 * sure the network is; one offset for each class corrects how frequent it is here.
 */

export interface Scaling {
  /** The logarithms of the probabilities are multiplied by it. */
  factor: number;
  /** Added then, one for each class; their mean is 0. */
  offsets: number[];
}

/** Standard deviations of what is expected before any photo is seen: few photos move little. */
const expected = { factor: 0.5, offset: 1.5 };
const minFactor = 0.1;
const maxSteps = 50;

/** `truth`: class indices; `rows`: logarithms of the probabilities, one row for each photo. Deterministic. */
export function fitScaling(truth: readonly number[], rows: readonly (readonly number[])[]): Scaling {
  const classes = rows[0]?.length ?? 0;
  let at = [1, ...new Array<number>(classes).fill(0)];
  let loss = lossAt(at, truth, rows);
  for (let step = 0; step < maxSteps; step++) {
    const direction = newtonStep(at, truth, rows);
    let share = 1;
    let next = moved(at, direction, share);
    let nextLoss = lossAt(next, truth, rows);
    // The loss is convex: halving finds a step that lowers it, or there is none left to take.
    while (nextLoss > loss && share > 1e-6) {
      share /= 2;
      next = moved(at, direction, share);
      nextLoss = lossAt(next, truth, rows);
    }
    if (!(loss - nextLoss > 1e-10 * Math.max(1, loss))) break;
    [at, loss] = [next, nextLoss];
  }
  const [factor = 1, ...offsets] = at;
  const mean = offsets.reduce((sum, offset) => sum + offset, 0) / Math.max(1, classes);
  return { factor, offsets: offsets.map((offset) => offset - mean) };
}

function moved(at: readonly number[], direction: readonly number[], share: number): number[] {
  return at.map((value, index) => {
    const next = value - share * (direction[index] ?? 0);
    return index === 0 ? Math.max(minFactor, next) : next;
  });
}

/** Minus the logarithm of the posterior, up to a constant. */
function lossAt(at: readonly number[], truth: readonly number[], rows: readonly (readonly number[])[]) {
  const fit = truth.reduce(
    (sum, label, index) => sum - Math.log(Math.max(1e-300, scaled(at, rows[index] ?? [])[label] ?? 0)),
    0,
  );
  return fit + at.reduce((sum, _, index) => sum + pull(at, index) ** 2 / 2, 0);
}

/** How many standard deviations a parameter lies from what is expected. */
const pull = (at: readonly number[], index: number) =>
  index === 0 ? ((at[0] ?? 1) - 1) / expected.factor : (at[index] ?? 0) / expected.offset;

function scaled([factor = 1, ...offsets]: readonly number[], row: readonly number[]): number[] {
  const values = row.map((value, index) => factor * value + (offsets[index] ?? 0));
  const largest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The inverse of the second derivatives times the first: the way to the minimum of a paraboloid. */
function newtonStep(
  at: readonly number[],
  truth: readonly number[],
  rows: readonly (readonly number[])[],
): number[] {
  const size = at.length;
  const gradient = at.map((_, index) => pull(at, index) / (index === 0 ? expected.factor : expected.offset));
  const curvature = at.map((_, row) =>
    at.map((_, column) => (row === column ? 1 / (row === 0 ? expected.factor : expected.offset) ** 2 : 0)),
  );
  truth.forEach((label, photo) => {
    const row = rows[photo] ?? [];
    const p = scaled(at, row);
    const mean = p.reduce((sum, probability, index) => sum + probability * (row[index] ?? 0), 0);
    const middle = [mean, ...p];
    const feature = (index: number, column: number) =>
      index === 0 ? (row[column] ?? 0) : Number(index - 1 === column);
    for (let a = 0; a < size; a++) {
      (gradient[a] as number) += (middle[a] as number) - feature(a, label);
      for (let b = 0; b <= a; b++) {
        let both = 0;
        if (a > 0 && b > 0) both = a === b ? (p[a - 1] as number) : 0;
        else if (b === 0 && a > 0) both = (p[a - 1] as number) * (row[a - 1] ?? 0);
        else both = p.reduce((sum, probability, index) => sum + probability * (row[index] ?? 0) ** 2, 0);
        const value = both - (middle[a] as number) * (middle[b] as number);
        ((curvature[a] as number[])[b] as number) += value;
        if (a !== b) ((curvature[b] as number[])[a] as number) += value;
      }
    }
  });
  return solved(curvature, gradient);
}

/** x of A x = b, for a positive definite A, by Gaussian elimination. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot++) {
    const from = rows[pivot] as number[];
    for (let row = pivot + 1; row < size; row++) {
      const to = rows[row] as number[];
      const factor = (to[pivot] as number) / (from[pivot] as number);
      for (let column = pivot; column <= size; column++)
        to[column] = (to[column] as number) - factor * (from[column] as number);
    }
  }
  const x = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    const from = rows[row] as number[];
    let rest = from[size] as number;
    for (let column = row + 1; column < size; column++)
      rest -= (from[column] as number) * (x[column] as number);
    x[row] = rest / (from[row] as number);
  }
  return x;
}
