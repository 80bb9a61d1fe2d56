import type { Lab } from '../../image/lab';
import type { Pixels, Raster } from '../../raster';
import { areaOf } from '../mask';
import { colourAsymmetry, shapeAsymmetry } from './asymmetry';
import { borderIrregularity } from './border';
import { type ColourVariegation, colourVariegation, labImage } from './colour';
import { type Level, levelOf, type Measure } from './levels';
import { largestDistance, measuredOutline } from './shape';

/**
 * One number of a lesion's form. The words for `key` live in the language files: what it is, and what this
 * level of it means.
 */
interface Measurement {
  measure: Measure;
  value: number;
  /** Smallest and largest possible value; null where there is no bound. */
  range: readonly [number, number | null];
  level: Level;
  /** `morphology.<measure>.<level>`. */
  key: string;
}

export interface Diameter {
  /**
   * Largest Feret diameter: the longest straight line between two points of the outline, in pixels of the
   * photo.
   */
  pixels: number;
  /** Null without a scale. */
  millimetres: number | null;
  /**
   * The D of ABCD: 6 mm and more (Friedman, Rigel and Kopf, CA Cancer J. Clin. 35, 130 (1985), say "greater
   * than 6 mm"; the limit itself counts here).
   */
  key: 'morphology.diameter.no-scale' | 'morphology.diameter.under-6-mm' | 'morphology.diameter.6-mm-or-more';
}

export interface Morphology {
  measurements: Measurement[];
  diameter: Diameter;
  colours: Pick<ColourVariegation, 'shares' | 'present'>;
  /** The lesion runs over the edge of the raster: its form and size are those of the part that is seen. */
  cutOff: boolean;
  /** Area in square pixels of the photo, of the mask's pixels. */
  area: number;
}

export interface MorphologyRequest {
  mask: Raster;
  /** The photo's pixels on the mask's raster: the same width and height. */
  pixels: Pixels;
  /** Pixels of the photo for one pixel of the mask, along a side (`photoPixels` of geometry.ts). */
  photoPixels: number;
  /** Scale of the photo, where there is one. */
  millimetresPerPixel?: number | null;
}

const ranges: Record<Measure, readonly [number, number | null]> = {
  asymmetry: [0, 1],
  'colour-asymmetry': [0, null],
  compactness: [1, null],
  concavity: [0, 1],
  'colour-spread': [0, null],
  colours: [1, 6],
};

/**
 * The form and the colours of a lesion. Null where the mask is too small to have an outline (a few pixels).
 * Throws RangeError when the mask and the pixels differ in size.
 */
export function morphology({
  mask,
  pixels,
  photoPixels,
  millimetresPerPixel,
}: MorphologyRequest): Morphology | null {
  if (mask.width !== pixels.width || mask.height !== pixels.height) {
    throw new RangeError(
      `The mask is ${mask.width} x ${mask.height}, the photo ${pixels.width} x ${pixels.height}.`,
    );
  }
  const colours: Lab[] = labImage(pixels);
  const outline = measuredOutline(mask);
  const border = outline && borderIrregularity(outline);
  const shape = shapeAsymmetry(mask);
  const colour = colourVariegation(mask, colours);
  const colourFold = colourAsymmetry(mask, colours);
  if (!outline || !border || !shape || !colour || colourFold === null) return null;
  return {
    measurements: [
      measurement('asymmetry', shape.mean),
      measurement('colour-asymmetry', colourFold),
      measurement('compactness', border.compactness),
      measurement('concavity', border.concavity),
      measurement('colour-spread', colour.spread),
      measurement('colours', colour.present.length),
    ],
    diameter: diameterOf(largestDistance(outline) * photoPixels, millimetresPerPixel),
    colours: { shares: colour.shares, present: colour.present },
    cutOff: touchesEdge(mask),
    area: areaOf(mask) * photoPixels ** 2,
  };
}

/** The diameter with its place against the 6 mm of the ABCD rule. */
export function diameterOf(pixels: number, millimetresPerPixel: number | null = null): Diameter {
  if (millimetresPerPixel === null) return { pixels, millimetres: null, key: 'morphology.diameter.no-scale' };
  const millimetres = pixels * millimetresPerPixel;
  const key = millimetres < 6 ? 'morphology.diameter.under-6-mm' : 'morphology.diameter.6-mm-or-more';
  return { pixels, millimetres, key };
}

function measurement(measure: Measure, value: number): Measurement {
  const level = levelOf(measure, value);
  return { measure, value, range: ranges[measure], level, key: `morphology.${measure}.${level}` };
}

function touchesEdge({ width, height, data }: Raster): boolean {
  return data.some((value, index) => {
    const x = index % width;
    return value !== 0 && (x === 0 || x === width - 1 || index < width || index >= width * (height - 1));
  });
}
