import { between } from './noise';

/** What a place knows of the cells around it. */
export interface Cell {
  /** Distance to the nearest middle, in units. */
  nearest: number;
  /** How much further the second one is: 0 on the line between two cells. */
  wall: number;
  /** A random number from 0 to 1 that belongs to the cell. */
  own: number;
}

/**
 * Cells of some `size` units, as in a honeycomb (`irregular` 0) or more and more uneven (1): the middles of a grid
 * whose rows are shifted, each moved at random.
 */
export function cells(
  random: () => number,
  { size, irregular }: { size: number; irregular: number },
): (x: number, y: number) => Cell {
  const columns = Math.ceil(800 / size) + 4;
  const rows = Math.ceil(600 / (0.866 * size)) + 4;
  const middles = Array.from({ length: rows * columns }, (_, at) => {
    const row = Math.floor(at / columns);
    const move = () => 0.5 * size * irregular * between(random, -1, 1);
    return {
      x: ((at % columns) - 2 + (row % 2) / 2) * size + move(),
      y: (row - 2) * 0.866 * size + move(),
      own: random(),
    };
  });
  return (x, y) => {
    const row = Math.round(y / (0.866 * size)) + 2;
    const column = Math.round(x / size) + 2;
    let nearest = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    let own = 0;
    for (let down = Math.max(0, row - 2); down <= Math.min(rows - 1, row + 2); down++) {
      for (let right = Math.max(0, column - 2); right <= Math.min(columns - 1, column + 2); right++) {
        const middle = middles[down * columns + right];
        if (!middle) continue;
        const distance = (x - middle.x) ** 2 + (y - middle.y) ** 2;
        if (distance < nearest) {
          second = nearest;
          nearest = distance;
          own = middle.own;
        } else if (distance < second) second = distance;
      }
    }
    nearest = Math.sqrt(nearest);
    return { nearest, wall: Math.sqrt(second) - nearest, own };
  };
}
