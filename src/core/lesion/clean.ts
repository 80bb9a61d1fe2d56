import type { Point, Rectangle } from '../geometry';
import { components } from '../image/components';
import type { Probabilities, Raster } from '../raster';
import { boundingBox, centroidOf } from './mask';

/** What counts as a lesion in the answer of a segmenter. */
export interface CleaningRules {
  /** A pixel belongs to a lesion from this probability on. */
  threshold: number;
  /**
   * Smallest lesion, as a share of the photo's area. 0.001: of the experts' masks only 2 in 1,000 phone
   * photos and none in 1,000 dermoscopy photos are smaller.
   */
  minShare: number;
  /** Smallest mean probability over a lesion. */
  minMeanProbability: number;
  /** Another lesion is plausible from this share of the best one's score on. */
  minScore: number;
  /**
   * How fast the score falls with the distance of the lesion's centroid from the photo's centre: standard
   * deviation of a Gaussian, in half diagonals. 0.35: 99 % of the experts' masks have theirs within 0.37.
   */
  centreSpread: number;
}

export const cleaningRules: CleaningRules = {
  threshold: 0.5,
  minShare: 0.001,
  minMeanProbability: 0.6,
  minScore: 0.05,
  centreSpread: 0.35,
};

interface LesionMask {
  /** 1 lesion, 0 background, holes filled; as large as the raster of probabilities. */
  mask: Raster;
  /** Pixels of the mask. */
  area: number;
  /** Mean of the middles of its pixels. */
  centroid: Point;
  box: Rectangle;
  /** Mean probability over the pixels of the component, filled holes left out. */
  meanProbability: number;
  /** Share of the photo x mean probability x closeness to the centre, 0 to 1. */
  score: number;
}

/** The lesions found, the most plausible first; or why there is none. */
export interface CleanedLesions {
  lesions: LesionMask[];
  /** Null where there is a lesion. Otherwise how far the best candidate came. */
  nothing: null | 'no-candidate' | 'too-small' | 'too-uncertain';
}

/**
 * From the probability of "lesion" at each pixel to separate lesions: threshold, components (corners touch),
 * holes filled, small and unsure ones dropped, the rest ordered by score. `inside` is where the photo lies on
 * the raster (its letterbox), and nothing outside of it counts. The first lesion is the one to classify; the
 * others matter where a photo shows several.
 */
export function findLesions(
  probabilities: Probabilities,
  inside: Rectangle,
  rules: CleaningRules = cleaningRules,
): CleanedLesions {
  const { width, data } = probabilities;
  const covers = (index: number) => {
    const x = (index % width) - inside.left;
    const y = Math.floor(index / width) - inside.top;
    return x >= 0 && y >= 0 && x < inside.width && y < inside.height;
  };
  const above = (index: number) => (data[index] ?? 0) >= rules.threshold && covers(index);
  const candidates = components(probabilities, above, 8);
  const photo = inside.width * inside.height;
  const large = candidates.filter((members) => members.length >= rules.minShare * photo);
  const sure = large.filter((members) => mean(data, members) >= rules.minMeanProbability);
  const lesions = sure
    .map((members) => lesionOf(probabilities, members, inside, rules))
    .sort((a, b) => b.score - a.score);
  const best = lesions[0]?.score ?? 0;
  let nothing: CleanedLesions['nothing'] = null;
  if (!candidates.length) nothing = 'no-candidate';
  else if (!large.length) nothing = 'too-small';
  else if (!sure.length) nothing = 'too-uncertain';
  return { lesions: lesions.filter(({ score }) => score >= rules.minScore * best), nothing };
}

/** The mask with every hole filled: background that cannot reach the raster's edge by sides. */
export function fillHoles(mask: Raster): Raster {
  const { width, height } = mask;
  const filled = { width, height, data: mask.data.slice() };
  const atEdge = (index: number) => {
    const x = index % width;
    return x === 0 || x === width - 1 || index < width || index >= width * (height - 1);
  };
  for (const members of components(mask, (index) => !mask.data[index], 4)) {
    if (!members.some(atEdge)) for (const index of members) filled.data[index] = 1;
  }
  return filled;
}

function lesionOf(
  probabilities: Probabilities,
  members: readonly number[],
  inside: Rectangle,
  rules: CleaningRules,
): LesionMask {
  const { width, height, data } = probabilities;
  const bare = { width, height, data: new Uint8Array(width * height) };
  for (const index of members) bare.data[index] = 1;
  const mask = fillHoles(bare);
  const centroid = centroidOf(mask);
  const box = boundingBox(mask);
  if (!centroid || !box) throw new Error('A component has at least one pixel.');
  const area = mask.data.reduce((sum, value) => sum + value, 0);
  const meanProbability = mean(data, members);
  const distance =
    Math.hypot(centroid.x - inside.left - inside.width / 2, centroid.y - inside.top - inside.height / 2) /
    (Math.hypot(inside.width, inside.height) / 2);
  const closeness = Math.exp(-((distance / rules.centreSpread) ** 2) / 2);
  const score = (area / (inside.width * inside.height)) * meanProbability * closeness;
  return { mask, area, centroid, box, meanProbability, score };
}

function mean(data: Float32Array, members: readonly number[]): number {
  return members.reduce((sum, index) => sum + (data[index] ?? 0), 0) / members.length;
}
