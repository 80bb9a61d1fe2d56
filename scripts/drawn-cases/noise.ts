/** Places are in units: 480 units are the height of every drawn picture, whatever its size in pixels. */
export type Field = (x: number, y: number) => number;

/**
 * Smooth noise, about -1 to 1, with three octaves: numbers on a lattice of `scale` units, joined by the cubic
 * step.
 */
export function noise(random: () => number, scale: number): Field {
  const seed = Math.floor(random() * 2 ** 31);
  return (x, y) => {
    let sum = 0;
    let weight = 0.57;
    let size = scale;
    for (let octave = 0; octave < 3; octave++) {
      sum += weight * lattice(x / size, y / size, seed + octave * 7919);
      weight /= 2;
      size /= 2;
    }
    return 1.6 * sum;
  };
}

function lattice(x: number, y: number, seed: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = ease(x - left);
  const down = ease(y - top);
  const above = mix(hashed(left, top, seed), hashed(left + 1, top, seed), right);
  const below = mix(hashed(left, top + 1, seed), hashed(left + 1, top + 1, seed), right);
  return mix(above, below, down);
}

/** A number from -1 to 1 of a point of the lattice. */
function hashed(x: number, y: number, seed: number): number {
  let mixed = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 31 - 1;
}

export const mix = (a: number, b: number, share: number) => a + share * (b - a);

const ease = (t: number) => t * t * (3 - 2 * t);

/** 0 up to `from`, 1 from `to` on, the cubic step between. `from` may be the larger. */
export function step(from: number, to: number, value: number): number {
  return ease(Math.min(1, Math.max(0, (value - from) / (to - from))));
}

/** A random number between two. */
export const between = (random: () => number, low: number, high: number) => low + random() * (high - low);
