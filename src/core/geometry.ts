/** Points, rectangles and squares in pixels, and how a photo lies on a raster. Imports nothing. */

/** A place in pixels from the top left corner; the middle of the first pixel is (0.5, 0.5). */
export interface Point {
  x: number;
  y: number;
}

/** A straight line, such as one that measures. */
export interface Line {
  from: Point;
  to: Point;
}

export interface Size {
  width: number;
  height: number;
}

/** A rectangle in pixels, measured from the top left. */
export interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A rectangle in pixels of the upright photo. */
export interface Square {
  left: number;
  top: number;
  side: number;
}

/** The largest centred square of a photo; an odd pixel of rest falls to the right and to the bottom. */
export function centreSquare(width: number, height: number): Square {
  const side = Math.min(width, height);
  return { left: Math.floor((width - side) / 2), top: Math.floor((height - side) / 2), side };
}

/**
 * Where a whole photo lies on an input of `size` x `size`: the long side fills it, the other is max(1,
 * round(side * scale)), centred. Halves are rounded to even, as Python's `round` does it in training.
 */
export function letterbox(width: number, height: number, size: number): Rectangle {
  const scale = size / Math.max(width, height);
  const fitted = {
    width: Math.max(1, roundHalfToEven(width * scale)),
    height: Math.max(1, roundHalfToEven(height * scale)),
  };
  return {
    left: Math.floor((size - fitted.width) / 2),
    top: Math.floor((size - fitted.height) / 2),
    ...fitted,
  };
}

/** A square of whole pixels inside the photo, as near to the one asked for as can be. */
export function squareWithin({ left, top, side }: Square, width: number, height: number): Square {
  const whole = Math.max(1, Math.min(Math.round(side), width, height));
  const place = (start: number, length: number) => Math.max(0, Math.min(Math.round(start), length - whole));
  return { left: place(left, width), top: place(top, height), side: whole };
}

export const sameSquare = (a: Square, b: Square) => a.left === b.left && a.top === b.top && a.side === b.side;

/** The squares without those that stand there twice, in their order. */
export function distinctSquares(squares: readonly Square[]): Square[] {
  return squares.filter((square, index) => squares.findIndex((other) => sameSquare(square, other)) === index);
}

/**
 * A `Viewport` says where the photo lies on a raster, so that places can be carried from one to the other.
 */
export interface Viewport {
  /** The upright photo, in its own pixels. */
  photo: Size;
  /** Where the photo lies on the raster, in pixels of the raster; a part of it may lie outside. */
  on: Rectangle;
}

/** The viewport of a square of the photo that fills a raster of `size` pixels: for maps of a classifier. */
export function squareViewport(photo: Size, square: Square, size: number): Viewport {
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

export function toPhoto({ photo, on }: Viewport, { x, y }: Point): Point {
  return {
    x: ((x - on.left) * photo.width) / on.width,
    y: ((y - on.top) * photo.height) / on.height,
  };
}

export function fromPhoto({ photo, on }: Viewport, { x, y }: Point): Point {
  return {
    x: on.left + (x * on.width) / photo.width,
    y: on.top + (y * on.height) / photo.height,
  };
}

/** A rectangle of the raster in pixels of the photo, not rounded. */
export function rectangleToPhoto(viewport: Viewport, { left, top, width, height }: Rectangle): Rectangle {
  const start = toPhoto(viewport, { x: left, y: top });
  const end = toPhoto(viewport, { x: left + width, y: top + height });
  return { left: start.x, top: start.y, width: end.x - start.x, height: end.y - start.y };
}

/** Pixels of the photo for one pixel of the raster, along a side: the root of the ratio of the areas. */
export function photoPixels({ photo, on }: Viewport): number {
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

/**
 * The square for a classifier: centred on a lesion's box (pixels of the photo), its side the box's longer
 * side with `margin` of that side added all around, at least `smallest` pixels, moved and shrunk to lie
 * inside the photo.
 */
export function squareAround(box: Rectangle, photo: Size, margin = 0.5, minSide = 1): Square {
  const wanted = Math.max(minSide, Math.max(box.width, box.height) * (1 + 2 * margin));
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
  minSide?: number,
): Square[] {
  const squares = boxes.map((box) => squareAround(box, photo, margin, minSide));
  const key = ({ left, top, side }: Square) => `${left} ${top} ${side}`;
  return squares.filter(
    (square, index) => squares.findIndex((other) => key(other) === key(square)) === index,
  );
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
