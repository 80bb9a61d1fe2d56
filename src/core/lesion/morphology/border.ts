import { type Polygon, perimeter, signedArea } from '../outline';
import { convexHull } from './shape';

export interface Border {
  /**
   * Compactness P^2 / (4 pi A) of the outline: 1 for a disc, larger for anything else (Golston, Stoecker et
   * al., Comput. Med. Imaging Graph. 16, 163 (1992), their irregularity index). Long but smooth outlines are
   * raised too.
   */
  compactness: number;
  /**
   * 1 - A / A(convex hull): 0 for a convex outline, towards 1 with notches and arms. Length alone does not
   * raise it.
   */
  concavity: number;
}

/** Irregularity of a closed outline (see `measuredOutline`). Null where it has no area. */
export function borderIrregularity(outline: Polygon): Border | null {
  const area = Math.abs(signedArea(outline));
  if (area === 0) return null;
  const hull = Math.abs(signedArea(convexHull(outline)));
  return {
    compactness: perimeter(outline) ** 2 / (4 * Math.PI * area),
    concavity: Math.max(0, 1 - area / hull),
  };
}
