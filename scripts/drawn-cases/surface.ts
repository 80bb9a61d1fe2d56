import { disc, type Marks, marksOf, noMarks, type Size, stroke } from './marks';
import { between, type Field, noise, step } from './noise';
import { type Shape, scattered } from './shape';

/** Milia-like cysts: small round bright dots, some with a soft glow. */
export function milia(random: () => number, size: Size, of: Shape, apart: number): Marks {
  const marks = noMarks(size);
  for (const { x, y } of scattered(random, of, { apart, from: 0.12 }))
    disc(marks, { x, y, radius: between(random, 2.6, 6), value: between(random, 0.65, 0.95), soft: 0.5 });
  return marks;
}

/** Comedo-like openings: dark plugs, sharp at their edge. */
export function openings(random: () => number, size: Size, of: Shape, apart: number): Marks {
  const marks = noMarks(size);
  for (const { x, y } of scattered(random, of, { apart, from: 0.1 })) {
    disc(marks, {
      ...{ x, y, radius: between(random, 3.5, 7.5), soft: 0.2, value: between(random, 0.7, 1) },
      stretch: between(random, 1, 1.7),
      angle: between(random, 0, Math.PI),
    });
  }
  return marks;
}

/** Furrows as on a brain: winding lines of some `scale` units from one to the next. */
export function furrows(random: () => number, size: Size, { depth }: Shape, scale: number): Marks {
  const folds = noise(random, scale);
  const bend = noise(random, 2 * scale);
  return marksOf(size, (x, y) => {
    if (depth(x, y) < 0) return 0;
    const place = folds(x + 12 * bend(x, y), y + 12 * bend(y, x));
    return step(0, 0.12, depth(x, y)) * step(0.16, 0.02, Math.abs(place));
  });
}

/** Flakes of scale: ragged, bright, sharp on one side. `where` is 0 to 1. */
export function scale(random: () => number, size: Size, where: Field): Marks {
  const flakes = noise(random, 26);
  const cracks = noise(random, 9);
  return marksOf(size, (x, y) => {
    const here = where(x, y);
    if (here <= 0) return 0;
    const flake = flakes(x, y) - 0.5 * Math.max(0, cracks(x, y)) + 0.55 * (here - 1);
    return step(0.12, 0.24, flake) * (0.72 + 0.28 * cracks(y, x)) * Math.min(1, 2 * here);
  });
}

/** A white patch as of a scar, with bright strands that cross in it. */
export function scar(random: () => number, size: Size, of: Shape): Marks {
  const mottle = noise(random, 16);
  const patch = marksOf(size, (x, y) => step(-0.15, 0.55, of.depth(x, y)) * (0.78 + 0.16 * mottle(x, y)));
  const strands = noMarks(size);
  for (const direction of [between(random, 0.3, 0.8), between(random, 1.9, 2.4)]) {
    for (const { x, y } of scattered(random, of, { apart: 17, from: 0.15, tries: 120 })) {
      const half = between(random, 7, 14);
      const [across, down] = [half * Math.cos(direction), half * Math.sin(direction)];
      stroke(
        strands,
        [
          { x: x - across, y: y - down },
          { x: x + across, y: y + down },
        ],
        () => 1.3,
        0.95,
      );
    }
  }
  for (let at = 0; at < patch.values.length; at++)
    patch.values[at] = Math.max(patch.values[at] ?? 0, strands.values[at] ?? 0);
  return patch;
}

/** Hairs that cross the picture: dark, thin, slightly bent. */
export function hairs(random: () => number, size: Size, count: number): Marks {
  const marks = noMarks(size);
  const heading = between(random, 0, Math.PI);
  for (let index = 0; index < count; index++) {
    let direction = heading + between(random, -0.5, 0.5);
    const bend = between(random, -0.035, 0.035);
    let [x, y] = [between(random, 20, 620), between(random, 20, 460)];
    const path = [{ x, y }];
    for (let part = 0; part < between(random, 12, 22); part++) {
      direction += bend;
      x += 13 * Math.cos(direction);
      y += 13 * Math.sin(direction);
      path.push({ x, y });
    }
    const half = between(random, 0.9, 1.5);
    stroke(marks, path, (share) => half * (1.1 - 0.7 * share), between(random, 0.75, 1));
  }
  return marks;
}
