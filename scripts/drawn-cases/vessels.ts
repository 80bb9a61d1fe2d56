import type { Point } from '../../src/core/geometry';
import { cells } from './cells';
import { disc, type Marks, marksOf, noMarks, type Size, stroke } from './marks';
import { between, mix, noise, step } from './noise';
import { type Shape, scattered } from './shape';

/**
 * Tree-like vessels: sharp red trunks that come in from the border and branch, each branch thinner than what it
 * came from.
 */
export function treeVessels(random: () => number, size: Size, of: Shape, trunks: number): Marks {
  const marks = noMarks(size);
  const grow = (start: Point, heading: number, halfWidth: number, length: number): void => {
    const path = [start];
    let direction = heading;
    for (let travelled = 0; travelled < length; travelled += 7) {
      direction += between(random, -0.32, 0.32);
      const last = path.at(-1) as Point;
      const next = { x: last.x + 7 * Math.cos(direction), y: last.y + 7 * Math.sin(direction) };
      if (of.depth(next.x, next.y) < -0.12) break;
      path.push(next);
    }
    stroke(marks, path, (share) => mix(halfWidth, 0.62 * halfWidth, share));
    if (halfWidth < 0.75 || path.length < 3) return;
    const side = random() < 0.5 ? 1 : -1;
    for (const [share, turn] of [
      [0.5, -side * between(random, 0.6, 1.1)],
      [1, side * between(random, 0.3, 0.6)],
    ] as const) {
      const from = path[Math.round(share * (path.length - 1))] as Point;
      grow(from, direction + turn, 0.6 * halfWidth, 0.75 * length);
    }
  };
  for (let index = 0; index < trunks; index++) {
    const angle = ((index + between(random, 0, 0.7)) / trunks) * 2 * Math.PI;
    grow(
      of.at(angle, 0.98),
      angle + Math.PI + between(random, -0.5, 0.5),
      between(random, 2.4, 3.4),
      0.75 * of.radius,
    );
  }
  return marks;
}

/** The red of a strawberry: fine vessels between follicles, which stay pale. */
export function strawberry(
  random: () => number,
  size: Size,
  { depth }: Shape,
  mesh: number,
): { red: Marks; plugs: Marks } {
  const cell = cells(random, { size: mesh, irregular: 0.55 });
  const threads = noise(random, 5);
  const inside = (x: number, y: number) => step(-0.1, 0.3, depth(x, y));
  const red = marksOf(size, (x, y) => {
    const here = inside(x, y);
    if (here === 0) return 0;
    const { nearest, own } = cell(x, y);
    const hole = mix(0.2, 0.28, own) * mesh;
    return (
      here * mix(0.35, 1, step(hole, hole * 1.5, nearest)) * mix(0.75, 1.15, step(-0.5, 0.6, threads(x, y)))
    );
  });
  // In each follicle a plug of horn.
  const plugs = marksOf(size, (x, y) => {
    const here = inside(x, y);
    if (here === 0) return 0;
    const { nearest, own } = cell(x, y);
    return here * step(0.25 * mesh, 0.1 * mesh, nearest) * mix(0.35, 0.95, own);
  });
  return { red, plugs };
}

/** Lakes of blood: round and oval, sharp at their edge, close together, paler walls between them. */
export function lacunae(random: () => number, size: Size, of: Shape): { lakes: Marks; dark: Marks } {
  const lakes = noMarks(size);
  const dark = noMarks(size);
  const taken: (Point & { radius: number })[] = [];
  for (const largest of [34, 25, 18, 12]) {
    for (const { x, y } of scattered(random, of, { apart: largest, from: 0.09, tries: 900 })) {
      const radius = largest * between(random, 0.72, 1);
      const crowded = taken.some(
        (other) => Math.hypot(other.x - x, other.y - y) < 0.93 * (other.radius + radius),
      );
      if (crowded || of.depth(x, y) < (0.75 * radius) / of.radius) continue;
      taken.push({ x, y, radius });
      const lake = {
        ...{ x, y, radius: 0.92 * radius, soft: 0.16 },
        stretch: between(random, 1, 1.18),
        angle: between(random, 0, Math.PI),
      };
      disc(lakes, { ...lake, value: between(random, 0.75, 1) });
      if (random() < 0.3) disc(dark, { ...lake, value: between(random, 0.6, 1) });
    }
  }
  return { lakes, dark };
}
