import { type BootstrapOptions, type Estimate, intervals } from '../metrics/bootstrap';
import { dice, jaccard } from '../metrics/overlap';
import type { ImageAnswer } from './answer';
import type { PlannedImage } from './plan';

export interface OutlinesMeasured {
  count: number;
  groups: number;
  dice: Estimate | null;
  jaccard: Estimate | null;
  /** In the order of the images. */
  images: { path: string; dice: number; jaccard: number }[];
}

/** Means of the outlines compared so far, with intervals over groups; null of none. */
export function measureOutlines(
  images: readonly PlannedImage[],
  answers: ReadonlyMap<string, ImageAnswer>,
  options: BootstrapOptions,
): OutlinesMeasured | null {
  const rows = images.flatMap(({ path, group }) => {
    const overlap = answers.get(path)?.overlap;
    return overlap ? [{ path, group, dice: dice(overlap), jaccard: jaccard(overlap) }] : [];
  });
  if (rows.length === 0) return null;
  const groups = rows.map(({ group }) => group);
  const weighted = (values: number[], weights: ArrayLike<number>) => {
    const all = values.reduce((total, _, index) => total + (weights[index] as number), 0);
    return values.reduce((total, value, index) => total + value * (weights[index] as number), 0) / all;
  };
  const found = intervals(
    (weights) => ({
      dice: weighted(
        rows.map((row) => row.dice),
        weights,
      ),
      jaccard: weighted(
        rows.map((row) => row.jaccard),
        weights,
      ),
    }),
    groups,
    options,
  );
  return {
    count: rows.length,
    groups: new Set(groups).size,
    dice: found.dice ?? null,
    jaccard: found.jaccard ?? null,
    images: rows.map(({ path, dice, jaccard }) => ({ path, dice, jaccard })),
  };
}
