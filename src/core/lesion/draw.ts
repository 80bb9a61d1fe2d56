import { distanceToSegment, type Point, type Size } from '../geometry';
import type { Raster } from '../raster';

/** One pull of the brush over a mask, in pixels of the mask. */
export interface Stroke {
  /** Where the brush went, joined by straight lines; one point is a dab. */
  points: readonly Point[];
  /** Of the disc, in pixels. */
  radius: number;
  /** Add to the lesion, or take away from it. */
  add: boolean;
}

/** A closed line of straight sides over a mask, in pixels of the mask: all that it encloses. */
export interface Polygon {
  /** Its corners; three at the least, or it encloses nothing. */
  corners: readonly Point[];
  /** Add to the lesion, or take away from it. */
  add: boolean;
}

/** The pixels that a stroke or a polygon changed. Turning them over does it; turning them over again takes it back. */
export interface Edit {
  indices: Uint32Array;
}

/**
 * Which pixels a stroke would change: those whose middle the brush touches and that are not so already, in
 * ascending order.
 */
export function editOf(mask: Raster, stroke: Stroke): Edit {
  const wanted = stroke.add ? 1 : 0;
  return { indices: touched(mask, stroke).filter((index) => (mask.data[index] ? 1 : 0) !== wanted) };
}

/**
 * Which pixels a polygon would change: those whose middle it encloses (by the even-odd rule, where its sides
 * cross) and that are not so already, in ascending order.
 */
export function polygonEdit({ width, height, data }: Raster, { corners, add }: Polygon): Edit {
  const wanted = add ? 1 : 0;
  const indices: number[] = [];
  for (let row = 0; row < height; row++) {
    const crossings = crossingsAt(corners, row + 0.5);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const first = Math.max(0, Math.ceil((crossings[pair] as number) - 0.5));
      const last = Math.min(width - 1, Math.ceil((crossings[pair + 1] as number) - 0.5) - 1);
      for (let column = first; column <= last; column++) {
        const index = row * width + column;
        if ((data[index] ? 1 : 0) !== wanted) indices.push(index);
      }
    }
  }
  return { indices: Uint32Array.from(indices) };
}

/** Where the sides of a polygon cross a horizontal line, from the left. */
function crossingsAt(corners: readonly Point[], y: number): number[] {
  return corners
    .flatMap((from, index) => {
      const to = corners[(index + 1) % corners.length] as Point;
      // Half open: a corner that lies on the line counts for one of its two sides.
      if (from.y <= y === to.y <= y) return [];
      return [from.x + ((y - from.y) * (to.x - from.x)) / (to.y - from.y)];
    })
    .sort((a, b) => a - b);
}

/**
 * The mask with the pixels of an edit turned over, as a new raster. Its own inverse: `flip(flip(mask, edit),
 * edit)` is the mask.
 */
export function flip(mask: Raster, { indices }: Edit): Raster {
  const data = mask.data.slice();
  for (const index of indices) data[index] = data[index] ? 0 : 1;
  return { width: mask.width, height: mask.height, data };
}

function touched({ width, height }: Size, { points, radius }: Stroke): Uint32Array {
  const indices = new Set<number>();
  points.forEach((from, index) => {
    const to = points[index + 1];
    // The last point is the end of the segment before it, but alone it is a dab.
    if (!to && points.length > 1) return;
    const end = to ?? from;
    const top = Math.max(0, Math.floor(Math.min(from.y, end.y) - radius));
    const bottom = Math.min(height - 1, Math.ceil(Math.max(from.y, end.y) + radius));
    const left = Math.max(0, Math.floor(Math.min(from.x, end.x) - radius));
    const right = Math.min(width - 1, Math.ceil(Math.max(from.x, end.x) + radius));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        if (distanceToSegment({ x: x + 0.5, y: y + 0.5 }, from, end) <= radius) indices.add(y * width + x);
      }
    }
  });
  return Uint32Array.from(indices).sort();
}
