import { disc, type Marks, noMarks, type Size } from './marks';
import { between } from './noise';
import { type Shape, scattered } from './shape';

/**
 * Leaf-like areas: brown to blue-grey lobes that spread like the fingers of a glove from one foot, at the border of
 * the lesion.
 */
export function leaves(random: () => number, size: Size, of: Shape, angles: readonly number[]): Marks {
  const marks = noMarks(size);
  for (const angle of angles) {
    const foot = of.at(angle, 0.68);
    const lobes = 4 + Math.floor(2 * random());
    for (let lobe = 0; lobe < lobes; lobe++) {
      const heading = angle + ((lobe + 0.5) / lobes - 0.5) * between(random, 2, 2.5);
      const length = of.radius * between(random, 0.15, 0.24);
      disc(marks, {
        x: foot.x + length * Math.cos(heading),
        y: foot.y + length * Math.sin(heading),
        radius: of.radius * between(random, 0.055, 0.075),
        stretch: between(random, 2, 2.7),
        angle: heading,
        soft: 0.25,
        value: between(random, 0.8, 1),
      });
    }
    disc(marks, { ...foot, radius: 0.07 * of.radius, value: 0.9 });
  }
  return marks;
}

/** Ovoid nests and globules: blue-grey, apart from one another, of every size. */
export function nests(random: () => number, size: Size, of: Shape, apart: number): Marks {
  const marks = noMarks(size);
  for (const { x, y } of scattered(random, of, { apart, from: 0.15, tries: 200 })) {
    disc(marks, {
      ...{ x, y, radius: between(random, 4, 12), soft: 0.45, value: between(random, 0.45, 0.9) },
      stretch: between(random, 1, 1.8),
      angle: between(random, 0, Math.PI),
    });
  }
  return marks;
}
