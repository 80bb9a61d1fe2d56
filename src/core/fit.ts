import type { Square } from './analysis';

/** A rectangle in pixels, measured from the top left. */
export interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The largest centred square of a photo; an odd pixel of rest falls to the right and to the bottom. */
export function centreSquare(width: number, height: number): Square {
  const side = Math.min(width, height);
  return { left: Math.floor((width - side) / 2), top: Math.floor((height - side) / 2), side };
}

/**
 * Where a whole photo lies on an input of `size` x `size`: the long side fills it, the other is max(1, round(side * scale)), centred.
 * Halves are rounded to even, as Python's `round` does it in training.
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
  return squares.filter((one, index) => squares.findIndex((other) => sameSquare(one, other)) === index);
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
