/**
 * What can be read off right and wrong answers, defined as scikit-learn defines it (checked against it in
 * sklearn.test.ts). `weights` says how often each image counts (a bootstrap draw, bootstrap.ts); once each
 * where it is left out.
 */

/** How often each image counts: whole numbers, 0 or more. */
export type Weights = ArrayLike<number>;

/** Square counts: rows are the truth, columns the prediction, both in the order of `labels`. */
export interface Confusion {
  labels: string[];
  matrix: number[][];
}

/**
 * One class against the rest. NaN where there is nothing to divide by; precision is 0 for a class that was
 * never answered.
 */
export interface ClassRates {
  precision: number;
  recall: number;
  specificity: number;
  f1: number;
  /** Images of this class. */
  support: number;
}

/** Index of the largest value; the first one of equals. */
export function argmax(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] as number) ? index : best), 0);
}

/** Throws RangeError where a label is none of `labels`. */
export function confusion(
  labels: readonly string[],
  truth: readonly string[],
  predicted: readonly string[],
): Confusion {
  const place = new Map(labels.map((label, index) => [label, index]));
  const find = (label: string | undefined) => {
    const index = place.get(label ?? '');
    if (index === undefined) throw new RangeError(`no such class: ${label}`);
    return index;
  };
  return {
    labels: [...labels],
    matrix: countMatrix(
      labels.length,
      truth.map(find),
      truth.map((_, index) => find(predicted[index])),
    ),
  };
}

/** The same from class indices. */
export function countMatrix(
  classes: number,
  truth: readonly number[],
  predicted: readonly number[],
  weights?: Weights,
): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let index = 0; index < truth.length; index++) {
    const row = matrix[truth[index] as number] as number[];
    row[predicted[index] as number] = (row[predicted[index] as number] as number) + (weights?.[index] ?? 1);
  }
  return matrix;
}

/** Share of right answers; NaN of nothing. */
export function accuracy({ matrix }: Pick<Confusion, 'matrix'>): number {
  return sum(diagonal(matrix)) / sum(matrix.map(sum));
}

/** Mean recall over the classes that the truth holds. */
export function balancedAccuracy({ matrix }: Pick<Confusion, 'matrix'>): number {
  return mean(
    matrix.map((row, index) => (row[index] as number) / sum(row)).filter((recall) => !Number.isNaN(recall)),
  );
}

/** Mean F1 over the classes that the truth or the predictions hold; a class never found right counts 0. */
export function macroF1({ matrix }: Pick<Confusion, 'matrix'>): number {
  const answered = columnSums(matrix);
  const scores = matrix.map(
    (row, index) => (2 * (row[index] as number)) / (sum(row) + (answered[index] as number)),
  );
  return mean(scores.filter((score) => !Number.isNaN(score)));
}

/** In the order of the classes. */
export function classRates({ matrix }: Pick<Confusion, 'matrix'>): ClassRates[] {
  const answered = columnSums(matrix);
  const all = sum(answered);
  return matrix.map((row, index) => {
    const hits = row[index] as number;
    const support = sum(row);
    const predicted = answered[index] as number;
    return {
      precision: predicted === 0 ? 0 : hits / predicted,
      recall: hits / support,
      specificity: (all - support - predicted + hits) / (all - support),
      f1: (2 * hits) / (support + predicted),
      support,
    };
  });
}

/** Each row divided by its sum: how often a class was taken for which. A row without images stays 0. */
export function rowRates({ matrix }: Pick<Confusion, 'matrix'>): number[][] {
  return matrix.map((row) => row.map((count) => (sum(row) === 0 ? 0 : count / sum(row))));
}

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
/** NaN of nothing. */
export const mean = (values: readonly number[]) => sum(values) / values.length;
const diagonal = (matrix: readonly (readonly number[])[]) => matrix.map((row, index) => row[index] as number);
const columnSums = (matrix: readonly (readonly number[])[]) =>
  matrix.map((_, column) => sum(matrix.map((row) => row[column] as number)));
