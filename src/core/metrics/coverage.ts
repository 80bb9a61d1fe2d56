import { type Figures, sharesOf } from './bootstrap';

/** Do prediction sets hold the true class as often as they promise? The same definitions as training's. */

/**
 * Figures of a draw: `coverage` (the share of photos whose set holds the true class), `setSize` (mean), and
 * `<class id>:coverage` for each class; NaN for a class without a photo. `truth`: class indices; `sets`: the
 * class ids in the set of each photo.
 */
export function coverageFigures(
  classes: readonly string[],
  truth: readonly number[],
  sets: readonly (readonly string[])[],
): Figures {
  const held = Uint8Array.from(truth, (label, index) =>
    Number(sets[index]?.includes(classes[label] as string)),
  );
  const sizes = Uint32Array.from(sets, (set) => set.length);
  const labels = Uint32Array.from(truth);
  const counted = {
    coverage: () => true,
    ...Object.fromEntries(
      classes.map((id, index) => [`${id}:coverage`, (image: number) => labels[image] === index]),
    ),
  };
  return sharesOf((weights) => {
    const photos = new Float64Array(classes.length);
    const holding = new Float64Array(classes.length);
    let size = 0;
    for (let index = 0; index < labels.length; index++) {
      const [label, weight] = [labels[index] as number, weights[index] as number];
      (photos[label] as number) += weight;
      (holding[label] as number) += weight * (held[index] as number);
      size += weight * (sizes[index] as number);
    }
    const all = photos.reduce((total, count) => total + count, 0);
    return {
      coverage: holding.reduce((total, count) => total + count, 0) / all,
      setSize: size / all,
      ...Object.fromEntries(
        classes.map((id, index) => [
          `${id}:coverage`,
          (holding[index] as number) / (photos[index] as number),
        ]),
      ),
    };
  }, counted);
}
