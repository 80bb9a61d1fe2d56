import type { Raster, Square } from '../analysis';
import { letterbox, type Rectangle, squareWithin } from '../fit';

/** A place in pixels from the top left corner; the middle of the first pixel is (0.5, 0.5). */
export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** A raster of probabilities from 0 to 1, row by row. */
export interface Probabilities extends Size {
  data: Float32Array;
}

/**
 * A mask is a `Raster` with 1 for lesion and 0 for background. A `Frame` says where the photo lies on a raster, so that places can be
 * carried from one to the other.
 */
export interface Frame {
  /** The upright photo, in its own pixels. */
  photo: Size;
  /** Where the photo lies on the raster, in pixels of the raster; a part of it may lie outside. */
  on: Rectangle;
}

/** The frame of a whole photo put on a square raster of `size` pixels by letterbox. */
export function letterboxFrame(photo: Size, size: number): Frame {
  return { photo, on: letterbox(photo.width, photo.height, size) };
}

/** The frame of a square of the photo that fills a raster of `size` pixels: for maps of a classifier. */
export function squareFrame(photo: Size, square: Square, size: number): Frame {
  const scale = size / square.side;
  return {
    photo,
    on: {
      left: -square.left * scale,
      top: -square.top * scale,
      width: photo.width * scale,
      height: photo.height * scale,
    },
  };
}

export function toPhoto({ photo, on }: Frame, { x, y }: Point): Point {
  return {
    x: ((x - on.left) * photo.width) / on.width,
    y: ((y - on.top) * photo.height) / on.height,
  };
}

export function fromPhoto({ photo, on }: Frame, { x, y }: Point): Point {
  return {
    x: on.left + (x * on.width) / photo.width,
    y: on.top + (y * on.height) / photo.height,
  };
}

/** A rectangle of the raster in pixels of the photo, not rounded. */
export function rectangleToPhoto(frame: Frame, { left, top, width, height }: Rectangle): Rectangle {
  const start = toPhoto(frame, { x: left, y: top });
  const end = toPhoto(frame, { x: left + width, y: top + height });
  return { left: start.x, top: start.y, width: end.x - start.x, height: end.y - start.y };
}

/** Pixels of the photo for one pixel of the raster, along a side: the root of the ratio of the areas. */
export function photoPixels({ photo, on }: Frame): number {
  return Math.sqrt((photo.width * photo.height) / (on.width * on.height));
}

/** Distance of a point from the segment between two others. */
export function distanceToSegment({ x, y }: Point, from: Point, to: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const square = dx * dx + dy * dy;
  const share = square ? Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / square)) : 0;
  return Math.hypot(x - from.x - share * dx, y - from.y - share * dy);
}

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
 * The square for a classifier: centred on a lesion's box (pixels of the photo), its side the box's longer side with `margin` of that
 * side added all around, at least `smallest` pixels, moved and shrunk to lie inside the photo.
 */
export function squareAround(box: Rectangle, photo: Size, margin = 0.5, smallest = 1): Square {
  const wanted = Math.max(smallest, Math.max(box.width, box.height) * (1 + 2 * margin));
  // Shrunk here and not by squareWithin, which keeps the corner: the lesion stays in the middle.
  const side = Math.min(wanted, photo.width, photo.height);
  const left = box.left + (box.width - side) / 2;
  const top = box.top + (box.height - side) / 2;
  return squareWithin({ left, top, side }, photo.width, photo.height);
}

/** A square for each lesion's box (pixels of the photo), in the same order; equal squares are given once. */
export function squaresAround(
  boxes: readonly Rectangle[],
  photo: Size,
  margin?: number,
  smallest?: number,
): Square[] {
  const squares = boxes.map((box) => squareAround(box, photo, margin, smallest));
  const key = ({ left, top, side }: Square) => `${left} ${top} ${side}`;
  return squares.filter((one, index) => squares.findIndex((other) => key(other) === key(one)) === index);
}

/**
 * The mask as a classifier that looks at `square` takes it: `size` x `size` values of 0 or 1, each the mask at the place of that
 * pixel's middle. Places beyond the mask are background.
 */
export function maskInSquare(mask: Raster, frame: Frame, square: Square, size: number): Float32Array {
  const values = new Float32Array(size * size);
  const window = squareFrame(frame.photo, square, size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const place = fromPhoto(frame, toPhoto(window, { x: x + 0.5, y: y + 0.5 }));
      const column = Math.floor(place.x);
      const row = Math.floor(place.y);
      const inside = column >= 0 && row >= 0 && column < mask.width && row < mask.height;
      if (inside && mask.data[row * mask.width + column]) values[y * size + x] = 1;
    }
  }
  return values;
}
