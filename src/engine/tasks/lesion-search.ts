import type { FoundLesion, LesionSearch } from '../../core/analysis';
import {
  type Point,
  photoPixels,
  rectangleToPhoto,
  type Square,
  squareAround,
  toPhoto,
  type Viewport,
} from '../../core/geometry';
import { resizeBilinear } from '../../core/image/resize';
import { areaOf, boundingBox, centroidOf } from '../../core/lesion/mask';
import { type Morphology, morphology } from '../../core/lesion/morphology/morphology';
import { contours } from '../../core/lesion/outline';
import type { Pixels, Raster } from '../../core/raster';
import type { SegmentedPhoto } from './segment';

/**
 * The square is as large as the photo lets it be, as in training, and only moves to the lesion; a lesion
 * smaller than a fifth of it is brought nearer. (Of the experts' masks 95 % are wider than 0.26 of the short
 * side in dermoscopy, 0.15 in phone photos.)
 */
const margin = 2;

interface SearchOptions {
  photo: Pixels;
  /** Where the caller wants the classifier to look. */
  square?: Square | undefined;
  /** Millimetres a pixel of the photo. */
  scale?: number | null | undefined;
}

/**
 * What a segmenter found, in places of the photo. Without a square asked for, the most plausible lesion is
 * the chosen one.
 */
export function searchBySegmenter(
  { lesions, nothing, probabilities }: SegmentedPhoto,
  segmenter: LesionSearch['segmenter'],
  options: SearchOptions,
): Omit<LesionSearch, 'milliseconds'> {
  const viewport = viewportOf(probabilities, options.photo);
  const found = lesions.map((lesion) => foundLesion(lesion.mask, viewport, lesion.meanProbability));
  return {
    segmenter,
    nothing,
    ...choose(
      found,
      lesions.map(({ mask }) => mask),
      options,
    ),
  };
}

/**
 * The lesion as the caller drew it, on a raster of any size over the whole photo: taken as it is. An empty
 * one says that there is none.
 */
export function searchByCaller(mask: Raster, options: SearchOptions): Omit<LesionSearch, 'milliseconds'> {
  const drawn = { ...mask, data: mask.data.map((value) => (value ? 1 : 0)) };
  const found = areaOf(drawn) > 0 ? [foundLesion(drawn, viewportOf(drawn, options.photo), null)] : [];
  const nothing = found.length > 0 ? null : 'no-candidate';
  return { segmenter: null, nothing, ...choose(found, [drawn], options) };
}

/** The viewport of a raster that covers the whole photo. */
export function viewportOf({ width, height }: { width: number; height: number }, photo: Pixels): Viewport {
  return {
    photo: { width: photo.width, height: photo.height },
    on: { left: 0, top: 0, width, height },
  };
}

function foundLesion(mask: Raster, viewport: Viewport, meanProbability: number | null): FoundLesion {
  const box = boundingBox(mask);
  const centroid = centroidOf(mask);
  if (!box || !centroid) throw new Error('a lesion has at least one pixel');
  const onPhoto = rectangleToPhoto(viewport, box);
  return {
    box: onPhoto,
    centroid: toPhoto(viewport, centroid),
    outline: contours(mask).map((line) => line.map((point) => toTenths(toPhoto(viewport, point)))),
    share: areaOf(mask) / mask.data.length,
    meanProbability,
    square: squareAround(onPhoto, viewport.photo, margin),
  };
}

const toTenths = ({ x, y }: Point): Point => ({ x: Math.round(10 * x) / 10, y: Math.round(10 * y) / 10 });

function choose(found: FoundLesion[], masks: Raster[], { photo, square, scale }: SearchOptions) {
  const chosen = found.length > 0 ? nearest(found, square) : null;
  const mask = chosen === null ? null : (masks[chosen] as Raster);
  return { lesions: found, chosen, mask, morphology: mask && formOf(mask, photo, scale) };
}

/**
 * The lesion in the square asked for that is nearest to its middle; the first one if there is none in it or
 * no square.
 */
function nearest(found: readonly FoundLesion[], square?: Square): number {
  if (!square) return 0;
  const half = square.side / 2;
  const distances = found.map(({ centroid }) => {
    const dx = Math.abs(centroid.x - square.left - half);
    const dy = Math.abs(centroid.y - square.top - half);
    return Math.max(dx, dy) <= half ? Math.hypot(dx, dy) : Number.POSITIVE_INFINITY;
  });
  return distances.indexOf(Math.min(...distances));
}

function formOf(mask: Raster, photo: Pixels, scale: number | null | undefined): Morphology | null {
  const { width, height } = mask;
  const whole = { left: 0, top: 0, width: photo.width, height: photo.height };
  const pixels = { width, height, channels: 3 as const, data: resizeBilinear(photo, whole, width, height) };
  return morphology({
    mask,
    pixels,
    photoPixels: photoPixels(viewportOf(mask, photo)),
    millimetresPerPixel: scale ?? null,
  });
}
