import type { Card } from '../card/card';
import { argmax } from '../metrics/confusion';
import { coarseProbabilities } from './probability';

/**
 * How far one class's calibrated probability moves when the photo is turned and mirrored
 * (core/image/symmetry.ts).
 */
interface ClassSpread {
  id: string;
  mean: number;
  /** Standard deviation over the views, divided by their number: the views are all there are, no sample. */
  deviation: number;
  lowest: number;
  highest: number;
}

export interface TestTimeAugmentation {
  classes: ClassSpread[];
  /**
   * The same of the card's merged classes; empty where it merges none. How far a sum moves cannot be told
   * from its parts.
   */
  coarse: ClassSpread[];
  views: number;
  /**
   * Share of the views whose most probable answer, merged where the card merges, is that of the mean, 0 to 1.
   */
  agreement: number;
}

/**
 * Mean and spread a class over the views of test-time augmentation. Means add up to 1 as the views do. (Wang
 * et al., Neurocomputing 338, 34 (2019), on the spread as uncertainty.) `views`: calibrated probabilities,
 * one row a view, in the order of `ids`; `groups`: what a card merges. Throws RangeError without a view or
 * with a row too short.
 */
export function ttaSpread(
  ids: readonly string[],
  views: readonly (readonly number[])[],
  coarseClasses: NonNullable<Card['merge']> = [],
): TestTimeAugmentation {
  if (views.length === 0 || views.some((row) => row.length !== ids.length)) {
    throw new RangeError(`Each of the ${views.length} views must have ${ids.length} probabilities.`);
  }
  const sums = views.map((row) =>
    coarseProbabilities(coarseClasses, ids, row).map(({ probability }) => probability),
  );
  const classes = spreads(ids, views);
  const coarse = spreads(
    coarseClasses.map(({ id }) => id),
    sums,
  );
  const [answers, rows] = coarseClasses.length > 0 ? [coarse, sums] : [classes, views];
  const top = argmax(answers.map(({ mean }) => mean));
  const agreement = average(rows.map((row) => (argmax(row) === top ? 1 : 0)));
  return { classes, coarse, views: views.length, agreement };
}

function spreads(ids: readonly string[], rows: readonly (readonly number[])[]): ClassSpread[] {
  return ids.map((id, index) =>
    spread(
      id,
      rows.map((row) => row[index] ?? 0),
    ),
  );
}

function spread(id: string, values: readonly number[]): ClassSpread {
  const mean = average(values);
  const deviation = Math.sqrt(average(values.map((value) => (value - mean) ** 2)));
  return { id, mean, deviation, lowest: Math.min(...values), highest: Math.max(...values) };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
