import type { Analysis } from '../../../core/analysis';
import { type Point, type Size, type Square, sameSquare } from '../../../core/geometry';
import type { Raster } from '../../../core/raster';
import { lesionSquares, type WorkbenchPhoto } from './workbench-photo';

/**
 * The lesions of a photo as they stand around the square that is looked at: its number where there are
 * several, and the others.
 */
export function squaresAround(
  photo: Pick<WorkbenchPhoto, 'squares' | 'mask'>,
  analysis: Analysis | null,
  now: Square,
) {
  const all = lesionSquares(photo, analysis);
  const others = all.filter(({ square }) => !sameSquare(square, now));
  const number = all.find(({ square }) => sameSquare(square, now))?.number ?? null;
  return { number: others.length > 0 ? number : null, others };
}

/** The outlines of the lesions that were found and are not looked at now, in pixels of the photo. */
export function otherOutlines(analysis: Analysis | null): Point[][] {
  const { lesions = [], chosen = null } = analysis?.lesion ?? {};
  return lesions.flatMap(({ outline }, index) => (index === chosen ? [] : outline));
}

/**
 * The outline to be shown: the user's own, else the segmenter's. What the user drew and dropped again is gone
 * at once, although the answer of before still holds it until the next one comes.
 */
export function shownMask(photo: Pick<WorkbenchPhoto, 'mask'>, analysis: Analysis | null): Raster | null {
  if (photo.mask) return photo.mask.raster;
  const search = analysis?.lesion;
  return search?.segmenter ? search.mask : null;
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
