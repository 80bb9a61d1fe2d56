import type { Weights } from './confusion';
import type { Estimate } from './estimate';
import { seededRandom } from './random';
import { wilson } from './wilson';

export type { Estimate } from './estimate';

/**
 * Percentile bootstrap over groups: photos of one lesion or patient are drawn together or not at all. Efron
 * and Tibshirani, "An introduction to the bootstrap" (1993), chapters 13 and 16; resampling whole clusters:
 * Field and Welsh, JRSS B 69 (2007).
 */

export interface BootstrapOptions {
  /** Draws; 1000 where it is left out. */
  resamples?: number;
  /** The same seed gives the same intervals. */
  seed?: number;
  /** Called between draws with how many are done. */
  onDraw?: (done: number, all: number) => void;
}

export const defaultResamples = 1000;

/**
 * Figures by name for a draw, which says how often each image counts. NaN where a figure has no meaning on
 * that draw.
 */
export interface Figures {
  (weights: Weights): Record<string, number>;
  /** Those that are shares of images, and whether an image is one of these. */
  counted?: Counted;
}

export type Counted = Readonly<Record<string, (image: number) => boolean>>;

/** The same figures, with the images that each is a share of. */
export const sharesOf = (figures: Figures, counted: Counted): Figures =>
  Object.assign((weights: Weights) => figures(weights), { counted });

/**
 * Several figures at once, each with its 95 % interval; null where a figure has no meaning on the real data.
 * Draws on which a figure has none (a class is missing from them) are left out of its percentiles. `groups`
 * has one name an image.
 *
 * Where all images are right, or none is, every draw gives the same share, and its percentiles are 100 % to 100 %. Such
 * a share has Wilson's interval instead (wilson.ts). Nothing varies that could say how alike the images of a group are;
 * each group counts once.
 */
export function intervals(
  figures: Figures,
  groups: readonly string[],
  { resamples = defaultResamples, seed = 1, onDraw }: BootstrapOptions = {},
): Record<string, Estimate | null> {
  const values = figures(new Uint32Array(groups.length).fill(1));
  const drawn = new Map(Object.keys(values).map((name) => [name, [] as number[]]));
  let done = 0;
  for (const weights of draws(groups, resamples, seed)) {
    for (const [name, value] of Object.entries(figures(weights))) {
      if (!Number.isNaN(value)) drawn.get(name)?.push(value);
    }
    onDraw?.(++done, resamples);
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const sorted = Float64Array.from(drawn.get(name) ?? []).sort();
      const whole = Number.isNaN(value) || sorted.length === 0;
      const certain =
        value === 0 || value === 1 ? certainShare(value, groups, figures.counted?.[name]) : null;
      if (certain) return [name, certain];
      return [name, whole ? null : { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) }];
    }),
  );
}

function certainShare(value: number, groups: readonly string[], isOf: Counted[string] | undefined) {
  const own = isOf ? new Set(groups.filter((_, image) => isOf(image))).size : 0;
  return wilson(value * own, own);
}

/**
 * For each draw, how often each image is in it: as many groups as there are, with replacement, all images of
 * each.
 */
export function* draws(groups: readonly string[], resamples: number, seed: number): Generator<Uint32Array> {
  const names = [...new Set(groups)];
  const place = new Map(names.map((name, index) => [name, index]));
  const owner = new Uint32Array(groups.length);
  groups.forEach((group, index) => {
    owner[index] = place.get(group) as number;
  });
  const random = seededRandom(seed);
  for (let draw = 0; draw < resamples; draw++) {
    const times = new Uint32Array(names.length);
    for (let count = 0; count < names.length; count++) {
      (times[Math.floor(random() * names.length)] as number) += 1;
    }
    // A plain loop: `from` with a function takes ten times as long, and an archive has 50,000 photos.
    const weights = new Uint32Array(owner.length);
    for (let image = 0; image < owner.length; image++)
      weights[image] = times[owner[image] as number] as number;
    yield weights;
  }
}

/** Linear between neighbours, as numpy's percentile; NaN of nothing. `sorted` rises. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] as number;
  const above = sorted[Math.ceil(at)] as number;
  return below + (above - below) * (at - Math.floor(at));
}
