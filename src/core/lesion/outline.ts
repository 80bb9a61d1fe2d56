import type { Point } from '../geometry';
import type { Probabilities, Raster } from '../raster';

/** A closed line: the last point is joined to the first. */
export type Polygon = Point[];

/**
 * Closed lines along which a raster has the value `level`, in pixels from the top left corner, by marching
 * squares with linear interpolation (Lorensen and Cline 1987, in two dimensions). Beyond the raster
 * everything is 0, so that every line closes. Lines around a lesion have a positive `signedArea`, lines
 * around a hole in it a negative one. Where two lesion pixels touch by a corner only, they are kept apart.
 */
export function contours({ width, height, data }: Raster | Probabilities, level = 0.5): Polygon[] {
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : (data[y * width + x] ?? 0);
  const next = new Map<string, { to: string; point: Point }>();
  const crossing = (ax: number, ay: number, bx: number, by: number): Point => {
    const a = at(ax, ay);
    const share = (level - a) / (at(bx, by) - a);
    return { x: ax + 0.5 + share * (bx - ax), y: ay + 0.5 + share * (by - ay) };
  };

  for (let y = -1; y < height; y++) {
    for (let x = -1; x < width; x++) {
      // Corners of a cell, clockwise from the top left one; a corner is the middle of a pixel.
      const corners: [number, number][] = [
        [x, y],
        [x + 1, y],
        [x + 1, y + 1],
        [x, y + 1],
      ];
      const high = corners.map(([cx, cy]) => at(cx, cy) >= level);
      // Each run of high corners is cut off by one segment, walked with the lesion at the right hand.
      for (let corner = 0; corner < 4; corner++) {
        const before = (corner + 3) % 4;
        if (!high[corner] || high[before]) continue;
        let last = corner;
        while (high[(last + 1) % 4]) last = (last + 1) % 4;
        const [entry, exit] = [side(corners, before), side(corners, last)];
        next.set(exit.key, { to: entry.key, point: crossing(...exit.ends) });
      }
    }
  }
  return chain(next);
}

/** The side of a cell between a corner and the one after it, named the same by both cells that share it. */
function side(corners: [number, number][], from: number) {
  const a = corners[from] as [number, number];
  const b = corners[(from + 1) % 4] as [number, number];
  const [first, second] = a[0] < b[0] || a[1] < b[1] ? [a, b] : [b, a];
  const ends: [number, number, number, number] = [first[0], first[1], second[0], second[1]];
  return { key: ends.join(' '), ends };
}

function chain(next: Map<string, { to: string; point: Point }>): Polygon[] {
  const polygons: Polygon[] = [];
  for (const start of next.keys()) {
    const polygon: Polygon = [];
    for (let key = start, step = next.get(key); step; key = step.to, step = next.get(key)) {
      polygon.push(step.point);
      next.delete(key);
    }
    if (polygon.length) polygons.push(polygon);
  }
  return polygons;
}

/**
 * Area by the shoelace formula, in square pixels; positive when walked clockwise as seen on a screen (y runs
 * down).
 */
export function signedArea(polygon: Polygon): number {
  return polygon.reduce((sum, { x, y }, index) => {
    const to = polygon[(index + 1) % polygon.length] ?? { x, y };
    return sum + (x * to.y - to.x * y) / 2;
  }, 0);
}

/** Length of the closed line, in pixels. */
export function perimeter(polygon: Polygon): number {
  return polygon.reduce((sum, { x, y }, index) => {
    const to = polygon[(index + 1) % polygon.length] ?? { x, y };
    return sum + Math.hypot(to.x - x, to.y - y);
  }, 0);
}
