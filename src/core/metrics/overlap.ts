import type { Raster } from '../raster';

/**
 * How well a predicted outline covers the true one (training/lentigo/evaluation/segmentation.py has the
 * same).
 */

/** Counts of pixels. */
export interface Overlap {
  both: number;
  answered: number;
  true: number;
}

/**
 * Counts on the grid of `truth`; both cover the whole photo, and `answer` may be coarser or finer (nearest
 * pixel). In `answer` a pixel that is not 0 is lesion, in `truth` one above 127, as mask files have 255. Null
 * says that nothing was found.
 */
export function overlap(truth: Raster, answer: Raster | null): Overlap {
  const counts: Overlap = { both: 0, answered: 0, true: 0 };
  for (let y = 0; y < truth.height; y++) {
    const row = answer ? Math.floor(((y + 0.5) * answer.height) / truth.height) * answer.width : 0;
    for (let x = 0; x < truth.width; x++) {
      const there = (truth.data[y * truth.width + x] as number) > 127;
      const column = answer ? Math.floor(((x + 0.5) * answer.width) / truth.width) : 0;
      const inAnswer = answer !== null && answer.data[row + column] !== 0;
      if (there) counts.true++;
      if (inAnswer) counts.answered++;
      if (there && inAnswer) counts.both++;
    }
  }
  return counts;
}

/** 2 |A and B| / (|A| + |B|), 0 to 1; 1 where both are empty. */
export function dice({ both, answered, true: truth }: Overlap): number {
  return answered + truth === 0 ? 1 : (2 * both) / (answered + truth);
}

/** |A and B| / |A or B|, 0 to 1; 1 where both are empty. */
export function jaccard({ both, answered, true: truth }: Overlap): number {
  return answered + truth === 0 ? 1 : both / (answered + truth - both);
}

/** Jaccard as ISIC 2018 ranked by: 0 where it is under 0.65 (Codella et al., arXiv:1902.03368). */
export function thresholdedJaccard(found: Overlap): number {
  const index = jaccard(found);
  return index < 0.65 ? 0 : index;
}
