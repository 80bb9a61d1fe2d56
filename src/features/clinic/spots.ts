import type { Photo } from '../../cases/workbench';
import type { Analysis, Raster, Square } from '../../core/analysis';
import type { Size } from '../../core/mask/geometry';
import { distinctSquares, sameSquare } from '../../ui/viewer/square-edit';

/**
 * The squares of all lesions in a photo but the one that is looked at: those that the user kept, then those around the lesions found.
 * Numbered from 1 among all of them, so that a number stays with its lesion.
 */
export function squaresOf(
  photo: Pick<Photo, 'squares'>,
  analysis: Analysis | null,
  now: Square,
): { number: number; square: Square }[] {
  const found = analysis?.lesion?.lesions.map(({ square }) => square) ?? [];
  return distinctSquares([...photo.squares, ...found])
    .map((square, index) => ({ number: index + 1, square }))
    .filter(({ square }) => !sameSquare(square, now));
}

/** Pixels of the longer side of a mask that is drawn from nothing: as fine as a segmenter's. */
const maskSide = 256;

/** A mask without a lesion over the whole of a photo. */
export function blankMask(photo: Size): Raster {
  const scale = maskSide / Math.max(photo.width, photo.height);
  const width = Math.max(1, Math.round(photo.width * scale));
  const height = Math.max(1, Math.round(photo.height * scale));
  return { width, height, data: new Uint8Array(width * height) };
}
