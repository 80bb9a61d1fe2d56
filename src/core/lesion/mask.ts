import {
  fromPhoto,
  type Point,
  type Rectangle,
  type Square,
  squareViewport,
  toPhoto,
  type Viewport,
} from '../geometry';
import type { Raster } from '../raster';

/** A mask is a `Raster` with 1 for lesion and 0 for background. */

/** Number of lesion pixels. */
export function areaOf(mask: Raster): number {
  let area = 0;
  for (const value of mask.data) if (value) area++;
  return area;
}

/** Mean of the middles of all lesion pixels; null for an empty mask. */
export function centroidOf(mask: Raster): Point | null {
  let area = 0;
  let x = 0;
  let y = 0;
  mask.data.forEach((value, index) => {
    if (!value) return;
    area++;
    x += (index % mask.width) + 0.5;
    y += Math.floor(index / mask.width) + 0.5;
  });
  return area ? { x: x / area, y: y / area } : null;
}

/** The smallest rectangle of whole pixels around the lesion; null for an empty mask. */
export function boundingBox(mask: Raster): Rectangle | null {
  let left = mask.width;
  let right = -1;
  let top = mask.height;
  let bottom = -1;
  mask.data.forEach((value, index) => {
    if (!value) return;
    const x = index % mask.width;
    const y = Math.floor(index / mask.width);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  });
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * The mask as a classifier that looks at `square` takes it: `size` x `size` values of 0 or 1, each the mask
 * at the place of that pixel's middle. Places beyond the mask are background.
 */
export function maskInSquare(mask: Raster, viewport: Viewport, square: Square, size: number): Float32Array {
  const values = new Float32Array(size * size);
  const window = squareViewport(viewport.photo, square, size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const place = fromPhoto(viewport, toPhoto(window, { x: x + 0.5, y: y + 0.5 }));
      const column = Math.floor(place.x);
      const row = Math.floor(place.y);
      const inside = column >= 0 && row >= 0 && column < mask.width && row < mask.height;
      if (inside && mask.data[row * mask.width + column]) values[y * size + x] = 1;
    }
  }
  return values;
}
