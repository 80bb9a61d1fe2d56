import { type Marks, noMarks, type Size } from './marks';
import { mix, noise } from './noise';

/**
 * What lies in and on the skin. The first three take light away (Beer-Lambert: light falls by e to the power of
 * density times absorption); the others lie over it, 0 to 1.
 */
export interface Layers {
  size: Size;
  /** Brown; black where there is much. */
  melanin: Marks;
  /** Red. */
  blood: Marks;
  /** Melanin that lies deep: blue-grey, since deep brown scatters blue back. */
  deep: Marks;
  /** A whitish blue haze. */
  veil: Marks;
  /** Scar and scale. */
  white: Marks;
  /** Horn: yellowish. */
  horn: Marks;
}

export function bareSkin(size: Size): Layers {
  const layer = () => noMarks(size);
  return {
    size,
    melanin: layer(),
    blood: layer(),
    deep: layer(),
    veil: layer(),
    white: layer(),
    horn: layer(),
  };
}

type Colour = readonly [red: number, green: number, blue: number];

const absorption = {
  melanin: [0.55, 1, 1.35],
  blood: [0.22, 1.15, 0.95],
  deep: [1.05, 0.78, 0.44],
} as const satisfies Record<string, Colour>;

const skinColour: Colour = [228, 184, 164];
const cover = {
  veil: [124, 134, 158],
  white: [242, 226, 220],
  horn: [238, 217, 164],
} as const satisfies Record<string, Colour>;

/** The photo through a dermatoscope: light that falls off to the corners, mottled skin, grain. RGBA. */
export function compose(layers: Layers, random: () => number): Uint8ClampedArray<ArrayBuffer> {
  const { size, melanin, blood, deep, veil, white, horn } = layers;
  const { width, height, scale } = size;
  const covers = [
    { colour: cover.veil, marks: veil },
    { colour: cover.white, marks: white },
    { colour: cover.horn, marks: horn },
  ];
  const mottle = noise(random, 60);
  const flush = noise(random, 90);
  const pores = noise(random, 7);
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      const x = column / scale;
      const y = row / scale;
      const brown = (melanin.values[at] ?? 0) + 0.06 + 0.035 * mottle(x, y) + 0.035 * pores(x, y);
      const red = (blood.values[at] ?? 0) + 0.05 + 0.03 * flush(x, y);
      const blue = deep.values[at] ?? 0;
      const light = 1.04 - 0.26 * ((column / width - 0.5) ** 2 + (row / height - 0.5) ** 2) * 2;
      const grain = 5 * (random() - 0.5);
      for (let channel = 0; channel < 3; channel++) {
        const taken =
          brown * (absorption.melanin[channel] ?? 0) +
          red * (absorption.blood[channel] ?? 0) +
          blue * (absorption.deep[channel] ?? 0);
        let value = (skinColour[channel] ?? 0) * Math.exp(-taken);
        for (const { colour, marks } of covers)
          value = mix(value, colour[channel] ?? 0, Math.min(1, marks.values[at] ?? 0));
        pixels[4 * at + channel] = light * value + grain;
      }
      pixels[4 * at + 3] = 255;
    }
  }
  return pixels;
}
