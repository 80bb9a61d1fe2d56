/** Measures of a classifier, defined as scikit-learn defines them (checked against it in metrics.test.ts). */

/** Square counts: rows are the truth, columns the prediction, both in the order of `labels`. */
export interface Confusion {
  labels: string[];
  matrix: number[][];
}

export interface AreasUnderCurve {
  /** Mean over the classes that have an area; null where none has one. */
  macro: number | null;
  /** One class against the rest; null where the truth holds only that class or none of it. */
  perClass: Record<string, number | null>;
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
  const matrix = labels.map(() => labels.map(() => 0));
  truth.forEach((label, index) => {
    const row = matrix[labels.indexOf(label)];
    const column = labels.indexOf(predicted[index] ?? '');
    if (row?.[column] === undefined) throw new RangeError(`no such class: ${label} or ${predicted[index]}`);
    row[column] += 1;
  });
  return { labels: [...labels], matrix };
}

/** Share of right answers; NaN of nothing. */
export function accuracy({ matrix }: Confusion): number {
  return diagonal(matrix).reduce(add, 0) / matrix.flat().reduce(add, 0);
}

/** Mean recall over the classes that the truth holds. */
export function balancedAccuracy({ matrix }: Confusion): number {
  const totals = matrix.map((row) => row.reduce(add, 0));
  const recalls = diagonal(matrix).map((right, index) => right / (totals[index] as number));
  return mean(recalls.filter((_, index) => totals[index] !== 0));
}

/** Mean F1 over the classes that the truth or the predictions hold; a class never found right counts 0. */
export function macroF1({ matrix }: Confusion): number {
  const truths = matrix.map((row) => row.reduce(add, 0));
  const predictions = matrix.map((_, column) => matrix.map((row) => row[column] as number).reduce(add, 0));
  const scores = diagonal(matrix).map(
    (right, index) => (2 * right) / ((truths[index] as number) + (predictions[index] as number)),
  );
  return mean(scores.filter((score) => !Number.isNaN(score)));
}

/**
 * Area under the ROC curve: the chance that a positive scores above a negative, ties counting half (Mann-Whitney U with midranks).
 * Null where there is no positive or no negative.
 */
export function areaUnderCurve(scores: readonly number[], positive: readonly boolean[]): number | null {
  const order = scores.map((_, index) => index).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  const positives = positive.filter(Boolean).length;
  const negatives = positive.length - positives;
  if (positives === 0 || negatives === 0) return null;
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && scores[order[end] as number] === scores[order[start] as number]) end++;
    const midrank = (start + 1 + end) / 2;
    rankSum += midrank * order.slice(start, end).filter((index) => positive[index]).length;
    start = end;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** One area a class, one against the rest. `probabilities` has a row an image, in the order of `labels`. */
export function areasUnderCurve(
  labels: readonly string[],
  truth: readonly string[],
  probabilities: readonly (readonly number[])[],
): AreasUnderCurve {
  const areas = labels.map((label, column) =>
    areaUnderCurve(
      probabilities.map((row) => row[column] as number),
      truth.map((one) => one === label),
    ),
  );
  const defined = areas.filter((area) => area !== null);
  return {
    macro: defined.length === 0 ? null : mean(defined),
    perClass: Object.fromEntries(labels.map((label, index) => [label, areas[index] ?? null])),
  };
}

const add = (a: number, b: number) => a + b;
const mean = (values: readonly number[]) => values.reduce(add, 0) / values.length;
const diagonal = (matrix: readonly (readonly number[])[]) => matrix.map((row, index) => row[index] as number);
