import { deltaE, type Lab, labOf } from '../../image/lab';
import type { Pixels, Raster } from '../../raster';

/** The six colours of the ABCD rule of dermoscopy (Stolz et al., Eur. J. Dermatol. 4, 521 (1994)). */
export const dermoscopicColours = [
  'white',
  'red',
  'light-brown',
  'dark-brown',
  'blue-grey',
  'black',
] as const;
export type DermoscopicColour = (typeof dermoscopicColours)[number];

/**
 * Shades that stand for them, as sRGB: Cavalcanti and Scharcanski, Comput. Med. Imaging Graph. 35, 481
 * (2011).
 */
const shades: Record<DermoscopicColour, Lab> = {
  white: labOf(255, 255, 255),
  red: labOf(204, 51, 51),
  'light-brown': labOf(153, 102, 0),
  'dark-brown': labOf(51, 0, 0),
  'blue-grey': labOf(51, 153, 153),
  black: labOf(0, 0, 0),
};

/** A colour is present from this share of the lesion on. */
const presentFrom = 0.05;

export interface ColourVariegation {
  /** Root of the summed variances of L*, a* and b* over the lesion: 0 for one even colour. */
  spread: number;
  /** Share of the lesion nearest to each of the six colours; they add up to 1. */
  shares: Record<DermoscopicColour, number>;
  /** Those on at least 5 % of the lesion. */
  present: DermoscopicColour[];
}

/** One Lab a pixel. */
export function labImage({ data, channels }: Pixels): Lab[] {
  return Array.from({ length: data.length / channels }, (_, pixel) => {
    const at = pixel * channels;
    return labOf(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
  });
}

/**
 * How many colours the lesion has, `colours` one Lab a pixel of the mask. White counts only where it is
 * lighter than the skin around the lesion, as the ABCD rule has it; elsewhere the next nearest colour is
 * taken. Null for an empty mask.
 */
export function colourVariegation(mask: Raster, colours: readonly Lab[]): ColourVariegation | null {
  const lesion = colours.filter((_, index) => mask.data[index]);
  if (!lesion.length) return null;
  const skin = colours.filter((_, index) => !mask.data[index]);
  const skinLightness = skin.reduce((sum, [lightness]) => sum + lightness, 0) / Math.max(1, skin.length);
  let variance = 0;
  for (const channel of [0, 1, 2] as const) {
    const mean = lesion.reduce((sum, lab) => sum + lab[channel], 0) / lesion.length;
    variance += lesion.reduce((sum, lab) => sum + (lab[channel] - mean) ** 2, 0) / lesion.length;
  }
  const shares = Object.fromEntries(dermoscopicColours.map((name) => [name, 0])) as Record<
    DermoscopicColour,
    number
  >;
  for (const lab of lesion) shares[nearest(lab, skinLightness)] += 1 / lesion.length;
  const present = dermoscopicColours.filter((name) => shares[name] >= presentFrom);
  return { spread: Math.sqrt(variance), shares, present };
}

function nearest(lab: Lab, skinLightness: number): DermoscopicColour {
  const possible = dermoscopicColours.filter((name) => name !== 'white' || lab[0] > skinLightness);
  return possible.reduce((best, name) =>
    deltaE(lab, shades[name]) < deltaE(lab, shades[best]) ? name : best,
  );
}
