import type { Size } from '../geometry';

/**
 * Connected components of the pixels for which `belongs` is true, each a list of pixel indices. Pixels touch
 * by their sides (4) or by corners too (8). In the order of each component's first pixel, row by row.
 */
export function components(
  { width, height }: Size,
  belongs: (index: number) => boolean,
  neighbours: 4 | 8,
): number[][] {
  const seen = new Uint8Array(width * height);
  const found: number[][] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || !belongs(start)) continue;
    seen[start] = 1;
    const members = [start];
    // The list grows while it is read: a breadth-first fill without a second queue.
    for (const index of members) {
      const x = index % width;
      const y = Math.floor(index / width);
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          if (neighbours === 4 && dx !== 0 && dy !== 0) continue;
          if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
          const next = index + dy * width + dx;
          if (seen[next] || !belongs(next)) continue;
          seen[next] = 1;
          members.push(next);
        }
      }
    }
    found.push(members);
  }
  return found;
}
