import type { Point } from '../geometry';
import type { BodySide, BodySpot, LesionPlace } from './body-areas';
import { type BodyShape, type Figure, figureOf, figures } from './body-figures';
import { isBodyPlace } from './body-sites';

/** From points on the figures of the body map to places on the body, and back. */

/** A pin on the map, in the figure's own units. */
export interface BodyPin extends Point {
  figure: Figure;
  /** False where only the place is known: the pin lies in the middle of its shape. */
  exact: boolean;
}

/** How far from the axis a point is still in the middle, in the figure's units: a twentieth of its width. */
const middleWithin = (figure: Figure) => figure.width / 20;

/** The uppermost shape under a point; null beside the body. */
export function shapeAt(figure: Figure, point: Point): BodyShape | null {
  return figure.shapes.findLast(({ d }) => isInside(d, point)) ?? null;
}

/** The side of a point on a shape. */
export function sideAt(figure: Figure, shape: BodyShape, { x }: Point): BodySide {
  if (shape.side !== null) return shape.side;
  if (Math.abs(x - figure.middle) <= middleWithin(figure)) return 'middle';
  return x < figure.middle === (figure.patientLeft === 'left') ? 'left' : 'right';
}

/** The place that a point on a shape means. */
export function placeAt(figure: Figure, shape: BodyShape, point: Point): LesionPlace {
  return {
    site: shape.place,
    side: sideAt(figure, shape, point),
    spot: {
      figure: figure.id,
      area: shape.area,
      x: (point.x - figure.left) / figure.width,
      y: (point.y - figure.top) / figure.height,
    },
  };
}

export function pointOf({ figure, x, y }: BodySpot): Point {
  const { left, top, width, height } = figureOf(figure);
  return { x: left + x * width, y: top + y * height };
}

/** The same place on another side of the body; null where the figure shows nothing there. */
export function onSide({ site, spot }: LesionPlace, side: BodySide): LesionPlace | null {
  const figure = figureOf(spot.figure);
  const { x, y } = pointOf(spot);
  const away = Math.max(Math.abs(x - figure.middle), 2 * middleWithin(figure));
  const leftwards = (side === 'left') === (figure.patientLeft === 'left');
  const point = { x: side === 'middle' ? figure.middle : figure.middle + (leftwards ? -away : away), y };
  const shape = shapeAt(figure, point);
  const place = shape && placeAt(figure, shape, point);
  return place?.side === side && place.site === site ? place : null;
}

/**
 * Where a lesion's pin goes: on its spot, else in the middle of its place, where side and figure are plain.
 * Null for a group of places, and for one of two arms without a side: a pin would claim too much.
 */
export function pinOf(lesion: {
  site: string | null;
  side: BodySide | null;
  spot: BodySpot | null;
}): BodyPin | null {
  const { site, side, spot } = lesion;
  if (spot) return { figure: figureOf(spot.figure), ...pointOf(spot), exact: true };
  if (site === null || !isBodyPlace(site)) return null;
  // The head is largest in its own figure.
  for (const figure of [figureOf('head'), ...figures]) {
    for (const shape of figure.shapes) {
      if (shape.place !== site || (shape.side !== null && shape.side !== side)) continue;
      const { x, y } = middleOf(shape);
      const aside = shape.side === null && side !== null && side !== 'middle';
      const leftwards = (side === 'left') === (figure.patientLeft === 'left');
      const offset = aside ? 3 * middleWithin(figure) * (leftwards ? -1 : 1) : 0;
      return { figure, x: x + offset, y, exact: false };
    }
  }
  return null;
}

/** A point in the middle of a shape; of one of several parts, in the middle of its second. */
export function middleOf({ d }: BodyShape): Point {
  const rings = ringsOf(d);
  const ring = rings[1] ?? rings[0] ?? [];
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return { x: middle(ring.map(({ x }) => x)), y: middle(ring.map(({ y }) => y)) };
}

/** Whether a point is within a path (even-odd rule). */
function isInside(d: string, { x, y }: Point): boolean {
  let inside = false;
  for (const ring of ringsOf(d)) {
    for (const [index, to] of ring.entries()) {
      const from = ring.at(index - 1) as Point;
      const crosses = from.y > y !== to.y > y;
      if (crosses && x < from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x)) inside = !inside;
    }
  }
  return inside;
}

const knownRings = new Map<string, Point[][]>();
/** Each curve is walked in this many steps. */
const steps = 6;

/** The closed polygons of a path of M, Q, L and Z; curves are walked in straight steps. */
function ringsOf(d: string): Point[][] {
  const known = knownRings.get(d);
  if (known) return known;
  const rings = d
    .split('M')
    .filter(Boolean)
    .map((part) => {
      const ring: Point[] = [];
      for (const [, command = 'L', text = ''] of `M${part}`.matchAll(/([MLQ])([^MLQZ]*)/g)) {
        const numbers = text.trim().split(/\s+/).map(Number);
        const [a = 0, b = 0, c = 0, e = 0] = numbers;
        const from = ring.at(-1);
        if (command !== 'Q' || !from) ring.push({ x: a, y: b });
        else
          for (let step = 1; step <= steps; step++)
            ring.push(onCurve(from, { x: a, y: b }, { x: c, y: e }, step / steps));
      }
      return ring;
    });
  knownRings.set(d, rings);
  return rings;
}

/** A point of a quadratic Bézier curve, `t` from 0 to 1. */
function onCurve(from: Point, control: Point, to: Point, t: number): Point {
  const at = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t ** 2 * c;
  return { x: at(from.x, control.x, to.x), y: at(from.y, control.y, to.y) };
}
