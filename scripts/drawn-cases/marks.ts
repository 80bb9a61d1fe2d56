import type { Point } from '../../src/core/geometry';
import { type Field, step } from './noise';

/** How much of something is at each pixel, row by row; mostly 0 to 1. `scale`: pixels a unit. */
export interface Marks {
  width: number;
  height: number;
  scale: number;
  values: Float32Array;
}

export type Size = Pick<Marks, 'width' | 'height' | 'scale'>;

export const noMarks = ({ width, height, scale }: Size): Marks => ({
  width,
  height,
  scale,
  values: new Float32Array(width * height),
});

/** The value of a field at every pixel. */
export function marksOf(size: Size, field: Field): Marks {
  const marks = noMarks(size);
  const { width, height, scale, values } = marks;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) values[y * width + x] = field(x / scale, y / scale);
  return marks;
}

export interface Disc extends Point {
  radius: number;
  /** How dark, 0 to 1. */
  value?: number;
  /** Share of the radius over which the edge fades. */
  soft?: number;
  /** How long beside how wide, along `angle` (radians). */
  stretch?: number;
  angle?: number;
}

/** A disc or an ellipse. What is darker already stays as it is. */
export function disc(marks: Marks, of: Disc): void {
  const { x, y, radius, value = 1, soft = 0.35, stretch = 1, angle = 0 } = of;
  const { width, height, scale, values } = marks;
  const reach = radius * Math.max(1, stretch) * (1 + soft);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [left, top, right, bottom] = [x - reach, y - reach, x + reach, y + reach].map((unit) =>
    Math.round(unit * scale),
  ) as [number, number, number, number];
  for (let row = Math.max(0, top); row <= Math.min(height - 1, bottom); row++) {
    for (let column = Math.max(0, left); column <= Math.min(width - 1, right); column++) {
      const across = column / scale - x;
      const down = row / scale - y;
      const along = (across * cos + down * sin) / stretch;
      const aside = down * cos - across * sin;
      const here = value * step(1 + soft, 1 - soft, Math.sqrt(along * along + aside * aside) / radius);
      const at = row * width + column;
      if (here > (values[at] ?? 0)) values[at] = here;
    }
  }
}

/**
 * A line through points, with a half width from its start (0) to its end (1) in units.
 */
export function stroke(
  marks: Marks,
  points: readonly Point[],
  halfWidth: (share: number) => number,
  value = 1,
): void {
  const last = points.length - 1;
  for (let index = 0; index < last; index++) {
    const from = points[index] as Point;
    const to = points[index + 1] as Point;
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 0.7));
    for (let stop = 0; stop <= steps; stop++) {
      const share = stop / steps;
      const x = from.x + share * (to.x - from.x);
      const y = from.y + share * (to.y - from.y);
      disc(marks, { x, y, radius: halfWidth((index + share) / last), value, soft: 0.5 });
    }
  }
}

/** Multiplies every value by what `field` has there. */
export function times(marks: Marks, field: Field): Marks {
  const { width, height, scale, values } = marks;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (values[at]) values[at] = (values[at] as number) * field(x / scale, y / scale);
    }
  }
  return marks;
}

/** Adds `amount` times `added`. */
export function add(marks: Marks, added: Marks, amount = 1): void {
  for (let at = 0; at < marks.values.length; at++)
    marks.values[at] = (marks.values[at] as number) + amount * (added.values[at] as number);
}

/** Takes `amount` times `cover` away: what lies on top hides what is below. */
export function hide(marks: Marks, cover: Marks, amount = 1): void {
  for (let at = 0; at < marks.values.length; at++)
    marks.values[at] = (marks.values[at] as number) * (1 - amount * Math.min(1, cover.values[at] as number));
}
