import type { Point, Size } from '../../../../core/geometry';

/** Pixels of the screen between a line's end and its label. */
const gap = 12;

/**
 * The top left corner of the label at a line's end, all in pixels of the stage: beside the end, on the side of the
 * middle of what can be seen, and whole inside of it. The label of an end that is out of sight is out of sight too:
 * at the edge it would be taken for the label of another line.
 */
export function labelPlace(end: Point, label: Size, stage: Size): Point {
  const along = (at: number, length: number, room: number) => {
    const after = at + gap;
    const before = at - gap - length;
    if (at < 0 || at > room) return at < 0 ? before : after;
    return Math.max(0, Math.min(at > room / 2 ? before : after, room - length));
  };
  return { x: along(end.x, label.width, stage.width), y: along(end.y, label.height, stage.height) };
}
