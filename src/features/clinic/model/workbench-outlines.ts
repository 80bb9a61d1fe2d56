import type { Analysis } from '../../../core/analysis';
import { distinctSquares, type Square, sameSquare } from '../../../core/geometry';
import { type DrawnMask, lesionSquares, type WorkbenchPhoto } from './workbench-photo';

/**
 * Outlines drawn by hand where a photo shows several lesions: each belongs to one of them, and none hides the
 * others.
 */

type Drawn = Pick<WorkbenchPhoto, 'square' | 'squares' | 'mask' | 'outlines'>;

/**
 * What changes when a lesion gets its first pull of the brush: the engine then gets this one alone, so the
 * others' squares are kept, under their numbers, and the square stays where it is. Nothing for a lesion that
 * is alone, whose square follows the outline.
 */
export function besideOthers(photo: Drawn, analysis: Analysis | null): Partial<Drawn> {
  const now = photo.square ?? analysis?.square;
  if (photo.mask || !now) return {};
  const numbered = lesionSquares(photo, analysis).map(({ square }) => square);
  const squares = distinctSquares([...numbered, now]);
  return squares.length > 1 ? { square: now, squares } : {};
}

/**
 * What changes when another lesion is looked at: this one's outline stays with it, and that one's comes back.
 * Nothing when the square is only moved, which takes its outline along.
 */
export function turnedTo(photo: Drawn, square: Square | null, analysis: Analysis | null): Partial<Drawn> {
  if (!square || (photo.mask === null && photo.outlines.length === 0)) return {};
  if (!lesionSquares(photo, analysis).some((lesion) => sameSquare(lesion.square, square))) return {};
  if (photo.mask && isOwn(photo.mask, square, analysis)) return {};
  const all = [...photo.outlines, ...(photo.mask ? [photo.mask] : [])];
  const mask = outlineAt(photo, square);
  return {
    mask,
    outlines: all.filter((outline) => outline !== mask),
    squares: photo.mask ? distinctSquares([...photo.squares, photo.mask.of]) : photo.squares,
  };
}

/** The outline drawn for the lesion in a square; null if there is none. */
export function outlineAt({ mask, outlines }: Pick<Drawn, 'mask' | 'outlines'>, square: Square) {
  return [...outlines, ...(mask ? [mask] : [])].find(({ of }) => sameSquare(of, square)) ?? null;
}

/** A square is the outline's: the one it was drawn in, or the one that the engine put around it. */
function isOwn({ of }: DrawnMask, square: Square, analysis: Analysis | null): boolean {
  const around = analysis?.lesion?.segmenter === null ? analysis.lesion.lesions : [];
  return sameSquare(of, square) || around.some((lesion) => sameSquare(lesion.square, square));
}
