import { centreSquare, fromPhoto, type Point, type Viewport } from '../geometry';
import { components } from '../image/components';
import { deltaE, type Lab } from '../image/lab';
import { otsu } from '../image/otsu';
import { resizeBilinear } from '../image/resize';
import { locateLesion } from '../quality/guidance';
import type { Pixels, Raster } from '../raster';
import { fillHoles } from './clean';
import { areaOf } from './mask';
import { labImage } from './morphology/colour';

/** A circle that a person laid around a lesion, in pixels of the photo. */
export interface CircleRoi {
  x: number;
  y: number;
  radius: number;
}

export interface SeededSegmentation {
  /** 1 lesion, 0 skin, on a raster around the circle. */
  mask: Raster;
  /** The photo's pixels on that raster. */
  pixels: Pixels;
  /** Where the photo lies on it. */
  viewport: Viewport;
}

/** How far around the circle the skin is looked at, in radii. */
const reach = 1.5;
/** Long side of the raster: an outline of some 200 points, found between two movements of a finger. */
const rasterSide = 144;
/** The difference from the skin, in CIE 1976 units, under which nothing counts as a lesion. */
const minDifference = 5;
/**
 * Shares of the circle's disc: under the one there is hardly a lesion in it, over the other the circle lies
 * within the lesion.
 */
const plausibleShare = [0.06, 0.9] as const;
/** Share of the outline that the circle cuts off: beyond it the edge is the circle's and not the lesion's. */
const maxCutShare = 0.3;

/** Radii that a circle may have, in shares of the photo's short side. */
export const roiRadii = { min: 0.03, max: 0.49 } as const;
/** What the viewfinder's search looks at; and how much wider than the lesion a circle is laid at first. */
const searchSide = 224;
const margin = 1.3;

/**
 * A circle to begin with: around the lesion that the viewfinder would aim at, else in the photo's middle. For
 * the person to correct.
 */
export function initialRoi(photo: Pixels): CircleRoi {
  const { left, top, side } = centreSquare(photo.width, photo.height);
  const area = { left, top, width: side, height: side };
  const data = resizeBilinear(photo, area, searchSide, searchSide);
  const lesion = locateLesion({ width: searchSide, height: searchSide, channels: 3, data });
  const { x, y, extent } = lesion ?? { x: 0.5, y: 0.5, extent: 0.4 };
  const share = Math.min(roiRadii.max, Math.max(roiRadii.min, (margin * extent) / 2));
  return { x: left + x * side, y: top + y * side, radius: share * side };
}

/**
 * The edge of the lesion inside a circle, from colour alone: the pixels that differ from the skin around the
 * circle (a plane through its colours, because light falls off across a photo) by more than Otsu's threshold,
 * in the connected part that has most of them near the circle's middle. Null where no plausible edge is
 * found: hardly a difference, a lesion that fills the circle, or one that it cuts. A proposal for the person
 * who laid the circle, not a finding: docs/self-check.md says how well it meets experts' outlines.
 */
export function segmentInRoi(photo: Pixels, roi: CircleRoi): SeededSegmentation | null {
  const crop = cropAround(photo, roi);
  if (!crop) return null;
  const scale = Math.min(1, rasterSide / Math.max(crop.width, crop.height));
  const width = Math.max(1, Math.round(crop.width * scale));
  const height = Math.max(1, Math.round(crop.height * scale));
  const pixels: Pixels = { width, height, channels: 3, data: resizeBilinear(photo, crop, width, height) };
  const viewport: Viewport = {
    photo: { width: photo.width, height: photo.height },
    on: {
      left: (-crop.left * width) / crop.width,
      top: (-crop.top * height) / crop.height,
      width: (photo.width * width) / crop.width,
      height: (photo.height * height) / crop.height,
    },
  };
  const middle = fromPhoto(viewport, roi);
  const radius = (roi.radius * width) / crop.width;
  const mask = lesionWithin(pixels, middle, radius);
  return mask && { mask, pixels, viewport };
}

function cropAround(photo: Pixels, { x, y, radius }: CircleRoi) {
  const left = Math.max(0, Math.floor(x - reach * radius));
  const top = Math.max(0, Math.floor(y - reach * radius));
  const width = Math.min(photo.width, Math.ceil(x + reach * radius)) - left;
  const height = Math.min(photo.height, Math.ceil(y + reach * radius)) - top;
  return width >= 16 && height >= 16 ? { left, top, width, height } : null;
}

function lesionWithin(pixels: Pixels, middle: Point, radius: number): Raster | null {
  const { width, height } = pixels;
  const distance = Float32Array.from(
    { length: width * height },
    (_, i) => Math.hypot((i % width) + 0.5 - middle.x, Math.floor(i / width) + 0.5 - middle.y) / radius,
  );
  const colours = labImage(pixels);
  const skin = skinPlane(colours, distance, width);
  if (!skin) return null;
  const difference = blurred(
    Float32Array.from(colours, (colour, i) => deltaE(colour, skin(i % width, Math.floor(i / width)))),
    width,
    height,
  );
  const inReach = [...difference].filter((_, i) => (distance[i] ?? 0) <= reach);
  const threshold = Math.max(minDifference, otsu(inReach));
  const belongs = (i: number) => (distance[i] ?? 2) <= 1 && (difference[i] ?? 0) > threshold;
  const weightOf = (part: number[]) =>
    part.reduce((sum, i) => sum + Math.exp(-2 * (distance[i] ?? 0) ** 2), 0);
  const [best] = components(pixels, belongs, 4).sort((first, other) => weightOf(other) - weightOf(first));
  if (!best) return null;
  const bare = new Float32Array(width * height);
  for (const i of best) bare[i] = 1;
  // Hairs and the skin's grain fray the edge.
  const smooth = blurred(blurred(bare, width, height), width, height);
  const mask = fillHoles({ width, height, data: Uint8Array.from(smooth, (value) => (value > 0.5 ? 1 : 0)) });
  const share = areaOf(mask) / (Math.PI * radius ** 2);
  if (share < plausibleShare[0] || share > plausibleShare[1]) return null;
  return cutShare(mask, distance) > maxCutShare ? null : mask;
}

/**
 * The skin's colour at each place, as a plane through the colours outside of the circle (least squares, once
 * more without what lies far from it: hairs, clothes, another lesion). Null where hardly any skin is seen.
 */
function skinPlane(
  colours: readonly Lab[],
  distance: Float32Array,
  width: number,
): ((x: number, y: number) => Lab) | null {
  let around = colours.flatMap((colour, i) =>
    (distance[i] ?? 0) > 1 && (distance[i] ?? 0) <= reach
      ? [{ x: i % width, y: Math.floor(i / width), colour }]
      : [],
  );
  if (around.length < 50) return null;
  let plane = fitted(around);
  for (let pass = 0; pass < 2; pass++) {
    const away = around.map(({ x, y, colour }) => deltaE(colour, plane(x, y)));
    const limit = 2.5 * (away.toSorted((a, b) => a - b)[away.length >> 1] ?? 0);
    around = around.filter((_, i) => (away[i] ?? 0) <= limit);
    plane = fitted(around);
  }
  return plane;
}

function fitted(points: readonly { x: number; y: number; colour: Lab }[]): (x: number, y: number) => Lab {
  const mean = (of: (point: { x: number; y: number; colour: Lab }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [middleX, middleY] = [mean(({ x }) => x), mean(({ y }) => y)];
  const xx = mean(({ x }) => (x - middleX) ** 2);
  const yy = mean(({ y }) => (y - middleY) ** 2);
  const xy = mean(({ x, y }) => (x - middleX) * (y - middleY));
  const determinant = xx * yy - xy * xy || 1;
  const channels = ([0, 1, 2] as const).map((channel) => {
    const level = mean(({ colour }) => colour[channel]);
    const xc = mean(({ x, colour }) => (x - middleX) * (colour[channel] - level));
    const yc = mean(({ y, colour }) => (y - middleY) * (colour[channel] - level));
    return { level, alongX: (xc * yy - yc * xy) / determinant, alongY: (yc * xx - xc * xy) / determinant };
  });
  return (x, y) =>
    channels.map(
      ({ level, alongX, alongY }) => level + alongX * (x - middleX) + alongY * (y - middleY),
    ) as Lab;
}

/** Mean of the five by five pixels around each: fine hairs and the skin's grain are no edge. */
function blurred(values: Float32Array, width: number, height: number): Float32Array {
  const along = (from: Float32Array, step: (i: number, by: number) => number | null) =>
    from.map((_, i) => {
      let [sum, count] = [0, 0];
      for (let by = -2; by <= 2; by++) {
        const at = step(i, by);
        if (at === null) continue;
        sum += from[at] ?? 0;
        count++;
      }
      return sum / count;
    });
  const rows = along(values, (i, by) => ((i % width) + by >= 0 && (i % width) + by < width ? i + by : null));
  return along(rows, (i, by) => {
    const y = Math.floor(i / width) + by;
    return y >= 0 && y < height ? i + by * width : null;
  });
}

/** Share of the mask's edge pixels that lie on the circle. */
function cutShare({ width, height, data }: Raster, distance: Float32Array): number {
  let [edge, cut] = [0, 0];
  data.forEach((value, i) => {
    if (!value) return;
    const [x, y] = [i % width, Math.floor(i / width)];
    const inner = x > 0 && y > 0 && x < width - 1 && y < height - 1;
    if (inner && data[i - 1] && data[i + 1] && data[i - width] && data[i + width]) return;
    edge++;
    const next = [i - 1, i + 1, i - width, i + width];
    if (inner && next.some((at) => (distance[at] ?? 0) > 1)) cut++;
  });
  return cut / edge;
}
