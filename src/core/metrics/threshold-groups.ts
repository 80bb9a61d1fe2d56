import type { Estimate } from './bootstrap';
import { minImages, partsOf } from './subgroups';
import { clusteredWilson } from './wilson';

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
  const all = images.scores.map((_, index) => index);
  return [
    rowOf(images, threshold, { field: 'all', value: 'all', indices: all }),
    ...partsOf(fields).map((part) => rowOf(images, threshold, part)),
  ];
}

function rowOf(
  { scores, positive, groups }: ScoredImages,
  threshold: number,
  { field, value, indices }: { field: string; value: string; indices: readonly number[] },
): ThresholdRow {
  const side = (wanted: boolean): CountedRate => {
    const here = indices.filter((index) => positive[index] === wanted);
    const right = here.map((index) => (scores[index] as number) >= threshold === wanted);
    const enough = here.length >= minImages;
    return {
      count: here.length,
      right: right.filter(Boolean).length,
      rate: enough
        ? clusteredWilson(
            right,
            here.map((index) => groups[index] as string),
          )
        : null,
    };
  };
  return { field, value, sensitivity: side(true), specificity: side(false) };
}
