import { cells } from './cells';
import { add, disc, type Marks, marksOf, noMarks, type Size, stroke } from './marks';
import { between, type Field, mix, noise, step } from './noise';
import { type Shape, scattered } from './shape';

/** Brown that fills a lesion: `amount` inside, fading over `fade` of the radius at its border. */
export const filled = (size: Size, { depth }: Shape, fade: number, amount: Field): Marks =>
  marksOf(size, (x, y) => {
    const inside = step(-fade / 2, fade / 2, depth(x, y));
    return inside === 0 ? 0 : inside * amount(x, y);
  });

/** A random field between `low` and `high`, patches of some `scale` units. */
export function uneven(random: () => number, scale: number, low: number, high: number): Field {
  const patches = noise(random, scale);
  return (x, y) => mix(low, high, step(-0.8, 0.8, patches(x, y)));
}

interface NetworkOptions {
  /** Units from hole to hole. */
  mesh: number;
  /** 0: every hole like the next; 1: none like the next. */
  irregular: number;
  /** Units that a line is wide. */
  line: number;
  /** From the centre (1) to the border (0): how strong the lines are. */
  strength: (depth: number) => number;
}

/** The pigment network: brown lines around paler holes. An irregular one has lines of every width. */
export function network(
  random: () => number,
  size: Size,
  { depth }: Shape,
  { mesh, irregular, line, strength }: NetworkOptions,
): Marks {
  const cell = cells(random, { size: mesh, irregular: 0.35 + 0.6 * irregular });
  const width = uneven(random, 45, 1 - 0.55 * irregular, 1 + 1.3 * irregular);
  const dark = uneven(random, 60, 1 - 0.75 * irregular, 1);
  const bend = noise(random, 18);
  return marksOf(size, (x, y) => {
    const inside = depth(x, y);
    const here = inside < -0.1 ? 0 : strength(inside);
    if (here <= 0) return 0;
    const { wall } = cell(x + 1.5 * bend(x, y), y + 1.5 * bend(y, x));
    return here * dark(x, y) * step(line * width(x, y) * 1.5, 0, wall);
  });
}

/** Round brown globules; regular ones are alike and evenly spread. */
export function globules(
  random: () => number,
  size: Size,
  of: Shape,
  {
    apart,
    radius,
    irregular,
    from = 0.04,
  }: { apart: number; radius: number; irregular: number; from?: number },
): Marks {
  const marks = noMarks(size);
  for (const { x, y } of scattered(random, of, { apart, from })) {
    if (random() < 0.5 * irregular) continue;
    disc(marks, {
      x,
      y,
      radius: radius * between(random, 1 - 0.6 * irregular - 0.1, 1 + 0.8 * irregular + 0.1),
      value: between(random, 0.85 - 0.3 * irregular, 1),
      stretch: between(random, 1, 1.25 + 0.3 * irregular),
      angle: between(random, 0, Math.PI),
    });
  }
  return marks;
}

/** Streaks that run out of the border, each with a bulb at its end, over the angles `from` to `to`. */
export function streaks(
  random: () => number,
  size: Size,
  { at }: Shape,
  { from, to, count }: { from: number; to: number; count: number },
): Marks {
  const marks = noMarks(size);
  for (let index = 0; index < count; index++) {
    const angle = from + ((index + between(random, 0.2, 0.8)) / count) * (to - from);
    const end = between(random, 1.06, 1.17);
    const lean = between(random, -0.06, 0.06);
    const path = [0.74, 0.88, 0.98, end].map((share, stop) => at(angle + (lean * stop) / 3, share));
    const wide = between(random, 2.6, 4);
    stroke(marks, path, (share) => mix(wide * 2.4, wide * 0.85, share), 0.95);
    disc(marks, { ...at(angle + lean, end), radius: wide * 1.35, soft: 0.5, value: 1 });
  }
  return marks;
}

/** Fine grey-blue dots, as if pepper had been strewn. */
export function pepper(random: () => number, size: Size, of: Shape, apart: number): Marks {
  const marks = noMarks(size);
  for (const { x, y } of scattered(random, of, { apart, tries: 2500 }))
    disc(marks, { x, y, radius: between(random, 1, 1.9), value: between(random, 0.4, 1) });
  return marks;
}

/** Joins marks with weights. */
export function sum(size: Size, ...parts: (readonly [Marks, number])[]): Marks {
  const all = noMarks(size);
  for (const [marks, amount] of parts) add(all, marks, amount);
  return all;
}
