import type { CSSProperties } from 'react';
import type { Point, Size } from '../../core/geometry';

/** The place of a pointer on a layer that covers the whole photo, in pixels of the photo. */
export function placeOn(layer: Element, event: { clientX: number; clientY: number }, photo: Size): Point {
  const { left, top, width, height } = layer.getBoundingClientRect();
  return {
    x: ((event.clientX - left) * photo.width) / width,
    y: ((event.clientY - top) * photo.height) / height,
  };
}

/** A rectangle of the photo as CSS on such a layer. */
export function cssPlace(
  { left, top, width, height }: { left: number; top: number } & Size,
  photo: Size,
): CSSProperties {
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return {
    left: percent(left, photo.width),
    top: percent(top, photo.height),
    width: percent(width, photo.width),
    height: percent(height, photo.height),
  };
}

/** The steps of the arrow keys, in their own directions. */
export const arrowSteps: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
