import { type Point, type Size, type Square, squareWithin } from '../../../core/geometry';

/** Squares that the user moves and sizes: whole pixels inside the photo. */

export type Corner = 'nw' | 'ne' | 'se' | 'sw';
export const corners: readonly Corner[] = ['nw', 'ne', 'se', 'sw'];

/** The smallest side in pixels of the photo: what the input gate still takes for a picture. */
const minSide = 32;

export function movedSquare(square: Square, { x, y }: Point, { width, height }: Size): Square {
  return squareWithin({ ...square, left: square.left + x, top: square.top + y }, width, height);
}

/** A corner pulled to a place; the opposite corner stays. */
export function pulledSquare({ left, top, side }: Square, corner: Corner, to: Point, photo: Size): Square {
  const east = corner.endsWith('e');
  const south = corner.startsWith('s');
  const anchor = { x: east ? left : left + side, y: south ? top : top + side };
  const room = Math.min(east ? photo.width - anchor.x : anchor.x, south ? photo.height - anchor.y : anchor.y);
  const wanted = Math.max(
    east ? to.x - anchor.x : anchor.x - to.x,
    south ? to.y - anchor.y : anchor.y - to.y,
  );
  const length = Math.min(room, Math.max(Math.min(minSide, side), wanted));
  return squareWithin(
    { left: east ? anchor.x : anchor.x - length, top: south ? anchor.y : anchor.y - length, side: length },
    photo.width,
    photo.height,
  );
}

/** Larger or smaller by pixels around its middle. */
export function grownSquare({ left, top, side }: Square, by: number, { width, height }: Size): Square {
  const length = Math.max(Math.min(minSide, side), Math.min(side + by, width, height));
  const shift = (side - length) / 2;
  return squareWithin({ left: left + shift, top: top + shift, side: length }, width, height);
}
