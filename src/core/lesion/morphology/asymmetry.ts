import type { Point } from '../../geometry';
import { deltaE, type Lab } from '../../image/lab';
import type { Raster } from '../../raster';
import { areaOf, centroidOf } from '../mask';

/** The two principal axes of a mask: through its centroid, along and across its longest extent. */
export interface PrincipalAxes {
  centroid: Point;
  /** Unit vector along the major axis; the minor one is at a right angle to it. */
  major: Point;
}

/**
 * From the second central moments of the mask; null for an empty one. For a round lesion the direction means
 * nothing.
 */
export function principalAxes(mask: Raster): PrincipalAxes | null {
  const centroid = centroidOf(mask);
  if (!centroid) return null;
  let [xx, xy, yy] = [0, 0, 0];
  mask.data.forEach((value, index) => {
    if (!value) return;
    const dx = (index % mask.width) + 0.5 - centroid.x;
    const dy = Math.floor(index / mask.width) + 0.5 - centroid.y;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  });
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  return { centroid, major: { x: Math.cos(angle), y: Math.sin(angle) } };
}

export interface Asymmetry {
  /** Folded along the major axis: share of the lesion that has no counterpart, 0 (symmetric) to 1. */
  major: number;
  /** The same along the minor axis. */
  minor: number;
  /** The mean of the two. */
  mean: number;
}

/**
 * Asymmetry of shape: 1 - |S and S'| / |S|, with S' the lesion mirrored along each principal axis. It is half
 * of the area difference over the lesion's area of Stoecker, Li and Moss, Comput. Med. Imaging Graph. 16, 191
 * (1992), and A1, A2 of Celebi et al., Comput. Med. Imaging Graph. 31, 362 (2007), are made of the same two
 * values. Null for an empty mask.
 */
export function shapeAsymmetry(mask: Raster): Asymmetry | null {
  const axes = principalAxes(mask);
  if (!axes) return null;
  const area = areaOf(mask);
  const apart = (axis: Point) => {
    let alone = 0;
    forEachMirrored(mask, axes.centroid, axis, (_, mirrored) => {
      if (mirrored === null) alone++;
    });
    return alone / area;
  };
  const major = apart(axes.major);
  const minor = apart({ x: -axes.major.y, y: axes.major.x });
  return { major, minor, mean: (major + minor) / 2 };
}

/**
 * Asymmetry of colour: mean CIE 1976 difference between a lesion pixel and the one mirrored along a principal
 * axis, over pixels that have one, mean of both axes. The A of Stolz et al., Eur. J. Dermatol. 4, 521 (1994),
 * looks at colour too. `colours`: one Lab a pixel of the mask. Null for an empty mask.
 */
export function colourAsymmetry(mask: Raster, colours: readonly Lab[]): number | null {
  const axes = principalAxes(mask);
  if (!axes) return null;
  const difference = (axis: Point) => {
    let [sum, pairs] = [0, 0];
    forEachMirrored(mask, axes.centroid, axis, (index, mirrored) => {
      const [here, there] = [colours[index], mirrored === null ? undefined : colours[mirrored]];
      if (!here || !there) return;
      sum += deltaE(here, there);
      pairs++;
    });
    return pairs ? sum / pairs : 0;
  };
  return (difference(axes.major) + difference({ x: -axes.major.y, y: axes.major.x })) / 2;
}

/**
 * Visits each lesion pixel with the lesion pixel nearest to its mirror image along an axis, null if there is
 * none.
 */
function forEachMirrored(
  { width, height, data }: Raster,
  centroid: Point,
  axis: Point,
  visit: (index: number, mirrored: number | null) => void,
) {
  data.forEach((value, index) => {
    if (!value) return;
    const dx = (index % width) + 0.5 - centroid.x;
    const dy = Math.floor(index / width) + 0.5 - centroid.y;
    const along = 2 * (dx * axis.x + dy * axis.y);
    const x = Math.floor(centroid.x + along * axis.x - dx);
    const y = Math.floor(centroid.y + along * axis.y - dy);
    const mirrored = x >= 0 && y >= 0 && x < width && y < height ? y * width + x : -1;
    visit(index, data[mirrored] ? mirrored : null);
  });
}
