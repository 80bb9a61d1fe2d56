/**
 * A made-up picture to try the app with: something like a spot on skin, drawn with random waves. It is
 * nobody's skin and has no diagnosis; wherever it is shown it is marked as made up. RGBA, row by row; the
 * same seed gives the same picture.
 */
export function samplePixels(seed: number, width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  const random = randomNumbers(seed);
  const rim = waves(random, 5, 2, 7);
  const skin = field(random, 10, 0.004, 0.05);
  const network = field(random, 12, 0.03, 0.12);
  const shade = field(random, 5, 0.006, 0.02);
  const radius = 0.27 * Math.min(width, height);
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const right = x - 0.51 * width;
      const down = (y - 0.49 * height) * 1.15;
      const edge = radius * (1 + 0.13 * rim(Math.atan2(down, right)));
      // 1 well inside the spot, 0 on the skin, with a soft edge.
      const inside = smooth((edge - Math.hypot(right, down)) / (0.12 * radius) + 0.5);
      const grain = 4 * skin(x, y) + 3 * (random() - 0.5);
      const dark = 0.5 + 0.26 * shade(x, y) + 0.2 * network(x, y);
      // Far from the middle the light of the lamp falls off.
      const light = 1 - 0.3 * ((right / width) ** 2 + (down / height) ** 2);
      const at = 4 * (y * width + x);
      pixels[at] = light * (mix(222, 152 - 74 * dark, inside) + grain);
      pixels[at + 1] = light * (mix(176, 104 - 66 * dark, inside) + grain);
      pixels[at + 2] = light * (mix(158, 80 - 48 * dark, inside) + grain);
      pixels[at + 3] = 255;
    }
  }
  return pixels;
}

const mix = (a: number, b: number, share: number) => a + share * (b - a);

/** The cubic step from 0 to 1. */
function smooth(value: number): number {
  const t = Math.min(1, Math.max(0, value));
  return t * t * (3 - 2 * t);
}

/** A sum of `count` waves around a circle, of `low` to `high` periods; about -1 to 1. */
function waves(random: () => number, count: number, low: number, high: number): (angle: number) => number {
  const parts = Array.from({ length: count }, () => ({
    periods: Math.round(low + random() * (high - low)),
    phase: 2 * Math.PI * random(),
  }));
  return (angle) =>
    parts.reduce((sum, { periods, phase }) => sum + Math.sin(periods * angle + phase), 0) / Math.sqrt(count);
}

/**
 * A sum of plane waves in random directions, of `low` to `high` radians a pixel: a smooth random field, about
 * -1 to 1.
 */
function field(
  random: () => number,
  count: number,
  low: number,
  high: number,
): (x: number, y: number) => number {
  const parts = Array.from({ length: count }, () => {
    const direction = 2 * Math.PI * random();
    const frequency = low + random() * (high - low);
    return {
      right: frequency * Math.cos(direction),
      down: frequency * Math.sin(direction),
      phase: 2 * Math.PI * random(),
    };
  });
  return (x, y) => {
    let sum = 0;
    for (const { right, down, phase } of parts) sum += Math.sin(right * x + down * y + phase);
    return sum / Math.sqrt(count);
  };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32, T. Ettinger, public domain). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
