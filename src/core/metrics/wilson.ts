import type { Estimate } from './estimate';

/** Intervals of counted shares, and how many images an interval of a wanted width needs. */

/** Standard normal quantile of a two-sided 95 % interval. */
const z = 1.959963984540054;

/**
 * The 95 % score interval of `hits` among `count` (Wilson, JASA 22, 1927); null of nothing. `count` need not
 * be whole: an effective sample size is not.
 */
export function wilson(hits: number, count: number): Estimate | null {
  if (!(count > 0)) return null;
  const share = hits / count;
  const middle = (share + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const reach =
    (z / (1 + z ** 2 / count)) * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  // Rounding never carries an end past the share that it belongs to.
  return {
    value: share,
    low: Math.max(0, Math.min(share, middle - reach)),
    high: Math.min(1, Math.max(share, middle + reach)),
  };
}

/**
 * Wilson's interval where several photos show one lesion: of as many independent photos as these are worth.
 * Their number is divided by the design effect, the variance of a ratio over groups against that of
 * independent photos (Rao and Scott, Biometrics 48, 1992), if that is above 1. A share of 0 or 1 shows no
 * variance; there each group counts once. `right`: one value an image; `groups`: what it belongs to.
 */
export function clusteredWilson(right: readonly boolean[], groups: readonly string[]): Estimate | null {
  const hits = new HitsOfGroups();
  right.forEach((hit, index) => {
    hits.add(groups[index] as string, hit);
  });
  return hits.interval();
}

/** As `clusteredWilson`, for whoever counts one photo after the other. */
export class HitsOfGroups {
  count = 0;
  hits = 0;
  private readonly byGroup = new Map<string, { count: number; hits: number }>();

  add(group: string, hit: boolean): void {
    this.count += 1;
    this.hits += Number(hit);
    const counted = this.byGroup.get(group);
    if (counted) {
      counted.count += 1;
      counted.hits += Number(hit);
    } else this.byGroup.set(group, { count: 1, hits: Number(hit) });
  }

  interval(): Estimate | null {
    const share = this.hits / this.count;
    const spread = share * (1 - share);
    let between = 0;
    for (const group of this.byGroup.values()) between += (group.hits - share * group.count) ** 2;
    const effect = spread === 0 ? this.count / this.byGroup.size : between / (this.count * spread);
    const worth = this.count / Math.max(1, effect);
    return wilson(share * worth, worth);
  }
}

/**
 * Images that Wilson's 95 % interval of a share needs to be no wider than `width` from end to end. With
 * m = n + z² the interval's width w obeys w² m² = 4 z² p q m + z⁴ (1 - 4 p q), which is solved for m. It
 * takes images as independent. `share`: what is expected, 0 to 1; `width`: above 0, below 1.
 */
export function imagesForWidth(share: number, width: number): number {
  const spread = share * (1 - share);
  const b = 4 * z ** 2 * spread;
  const m = (b + Math.sqrt(b ** 2 + 4 * width ** 2 * z ** 4 * (1 - 4 * spread))) / (2 * width ** 2);
  // A whole number that the formula meets exactly is not pushed up by rounding.
  return Math.max(1, Math.ceil(m - z ** 2 - 1e-9));
}
