import type { Point } from '../../src/core/geometry';
import { between, type Field, noise } from './noise';

/** Where a lesion is. */
export interface Shape {
  centre: Point;
  /** Units from the centre to the border, on average. */
  radius: number;
  /** 1 at the centre, 0 at the border, less than 0 outside. */
  depth: Field;
  /** The point at a share of the way from the centre to the border. */
  at(angle: number, share: number): Point;
}

export interface ShapeOptions {
  radius: number;
  centre?: Point;
  /** How long beside how wide. */
  stretch?: number;
  /** How far the border wanders, as a share of the radius. */
  ragged?: number;
}

/** A round or oval lesion, more or less ragged. */
export function shape(
  random: () => number,
  { radius, centre = { x: 320, y: 240 }, stretch = 1.15, ragged = 0.05 }: ShapeOptions,
): Shape {
  const turn = between(random, 0, Math.PI);
  const waves = [2, 3, 4, 5, 7].map((periods) => ({
    periods,
    phase: between(random, 0, 2 * Math.PI),
    // The finer the waves, the lower.
    height: (ragged * between(random, 0.6, 1.2) * 2.4) / periods,
  }));
  const fray = noise(random, 22);
  const edge = (angle: number) => {
    const along = Math.cos(angle - turn) / stretch;
    const aside = Math.sin(angle - turn) * Math.sqrt(stretch);
    const round = 1 / Math.hypot(along * Math.sqrt(stretch), aside);
    return (
      radius *
      round *
      (1 +
        waves.reduce(
          (sum, { periods, phase, height }) => sum + height * Math.sin(periods * angle + phase),
          0,
        ))
    );
  };
  return {
    centre,
    radius,
    depth(x, y) {
      const right = x - centre.x;
      const down = y - centre.y;
      const distance = Math.sqrt(right * right + down * down);
      if (distance > 2 * radius * stretch) return -1;
      return 1 - distance / edge(Math.atan2(down, right)) + 0.5 * ragged * fray(x, y);
    },
    at(angle, share) {
      const distance = share * edge(angle);
      return { x: centre.x + distance * Math.cos(angle), y: centre.y + distance * Math.sin(angle) };
    },
  };
}

/** Points inside of a shape, none nearer to another than `apart` units; from the border's `from` depth on. */
export function scattered(
  random: () => number,
  { centre, radius, depth }: Shape,
  { apart, from = 0.05, tries = 4000 }: { apart: number; from?: number; tries?: number },
): Point[] {
  const found: Point[] = [];
  for (let attempt = 0; attempt < tries; attempt++) {
    const x = centre.x + between(random, -1.6, 1.6) * radius;
    const y = centre.y + between(random, -1.6, 1.6) * radius;
    if (depth(x, y) < from) continue;
    if (found.every((other) => Math.hypot(other.x - x, other.y - y) >= apart)) found.push({ x, y });
  }
  return found;
}
