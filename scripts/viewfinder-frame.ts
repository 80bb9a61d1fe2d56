import { centreSquare } from '../src/core/geometry';
import { resizeBilinear } from '../src/core/image/resize';
import type { Pixels } from '../src/core/raster';

/** The central square of a photo, as a viewfinder shows it. */
export function frameOf(photo: Pixels): Pixels {
  const { left, top, side } = centreSquare(photo.width, photo.height);
  const pixels = resizeBilinear(photo, { left, top, width: side, height: side }, 224, 224);
  return { width: 224, height: 224, channels: 3, data: pixels };
}
