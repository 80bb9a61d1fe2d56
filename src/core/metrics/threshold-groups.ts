import { each, finish, type Steps } from '../steps';
import type { Estimate } from './bootstrap';
import { minImages, type Part, partsOf } from './subgroups';
import { HitsOfGroups } from './wilson';

/** What a threshold costs in parts of the images: by age, sex, site and skin tone. */

/** One side of a row. */
export interface CountedRate {
  /** Images of this side. */
  count: number;
  /** Those that were answered right: flagged where they should be, not flagged where they should not. */
  right: number;
  /** Null under `minImages` images: too few to say. */
  rate: Estimate | null;
}

export interface ThresholdRow {
  /** "all" for the row of all images. */
  field: string;
  value: string;
  sensitivity: CountedRate;
  specificity: CountedRate;
}

interface ScoredImages {
  scores: readonly number[];
  positive: readonly boolean[];
  /** What each image belongs to: its lesion, its patient, or itself. */
  groups: readonly string[];
}

/**
 * Sensitivity and specificity where "positive" is said from `threshold` on: first of all images, then of
 * every value of every field that splits them. Intervals are Wilson's for groups (wilson.ts). `fields`: one
 * value an image.
 */
export function measureAtThreshold(
  images: ScoredImages,
  threshold: number,
  fields: Readonly<Record<string, readonly string[]>>,
): ThresholdRow[] {
  return finish(measuringAtThreshold(images, threshold, fields));
}

/** As `measureAtThreshold`, in steps: a slider asks for it at every move. */
export function* measuringAtThreshold(
  images: ScoredImages,
  threshold: number,
  fields: Readonly<Record<string, readonly string[]>>,
): Steps<ThresholdRow[]> {
  const all: Part = { field: 'all', value: 'all', indices: [...images.scores.keys()] };
  const rows: ThresholdRow[] = [];
  for (const part of [all, ...partsOf(fields)]) rows.push(yield* measuringPart(images, threshold, part));
  return rows;
}

function* measuringPart(
  { scores, positive, groups }: ScoredImages,
  threshold: number,
  { field, value, indices }: Part,
): Steps<ThresholdRow> {
  const [sensitivity, specificity] = [new HitsOfGroups(), new HitsOfGroups()];
  yield* each(indices, (index) => {
    const side = positive[index] ? sensitivity : specificity;
    side.add(groups[index] as string, (scores[index] as number) >= threshold === positive[index]);
  });
  const counted = (side: HitsOfGroups): CountedRate => ({
    count: side.count,
    right: side.hits,
    rate: side.count >= minImages ? side.interval() : null,
  });
  return { field, value, sensitivity: counted(sensitivity), specificity: counted(specificity) };
}
