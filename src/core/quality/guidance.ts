import { components } from '../image/components';
import { deltaE, type Lab, labOf } from '../image/lab';
import { otsu } from '../image/otsu';
import { resizeBilinear } from '../image/resize';
import type { Pixels } from '../raster';
import { checkImageQuality, refusalReasons } from './gate';
import type { Check, Domain } from './limits';
import { litSkin } from './skin-light';

/**
 * What is wrong with the picture in the viewfinder, told one thing at a time, the cause of the others first.
 * The checks of pixels are the input gate's with its limits, so that a frame called good here is not refused
 * there; the last four are about the spot.
 */
type GuidanceHint = Check | 'lesion-none' | 'lesion-small' | 'lesion-large' | 'lesion-off-centre';

/** Where the spot is, in shares of the frame's side. */
export interface LesionPlace {
  /** Centre of its box, 0 to 1 from the left and from the top. */
  x: number;
  y: number;
  /** Long side of its box, 0 to 1. */
  extent: number;
}

export interface Guidance {
  /** What to do next; null where nothing is left to do. */
  hint: GuidanceHint | null;
  /** Null where none is seen, or where nobody looked. */
  lesion: LesionPlace | null;
}

/** The side of the raster on which the spot is looked for: enough for a place, and quick on a phone. */
const rasterSide = 56;
/**
 * The difference from the skin around, in CIE 1976 units, at which something counts as a spot at the least.
 */
const minDifference = 7;
/**
 * How much a spot differs more on the inner side of its edge than three pixels further out, in the same units, at the
 * least: light that changes faster than `litSkin` follows has no such edge. Of 150 outlined phone photos it leaves
 * none without a spot.
 */
const minEdge = 4;

/**
 * Limits for the spot, in shares of the frame's side; `docs/self-check.md` says on which photos they were
 * measured.
 */
export const lesionLimits = { small: 0.12, offCentre: 0.22 } as const;

/**
 * Looks at one square frame of the camera, some 200 to 500 pixels wide. `shortSide` is the short side in
 * pixels of the photo that would be taken. Acne is spread over the skin, so no single spot is looked for
 * there. Pure and quick: some ten milliseconds.
 */
export function guide(
  frame: Pixels,
  domain: Domain,
  shortSide = Math.min(frame.width, frame.height),
): Guidance {
  const verdict = checkImageQuality(frame, domain);
  if (shortSide < sizeLimit(verdict)) return { hint: 'size', lesion: null };
  const refused = refusalReasons(verdict).filter((check) => check !== 'distribution' && check !== 'size');
  // Plain skin has little contrast as well, and then it is the spot that is missing, not a clean lens.
  const first = refused.find((check) => check !== 'flat');
  if (first) return { hint: first, lesion: null };
  const last = refused[0] ?? null;
  if (domain === 'acne' || domain === 'histopathology') return { hint: last, lesion: null };
  const lesion = locateLesion(frame);
  return { hint: hintOf(lesion) ?? last, lesion };
}

function sizeLimit(verdict: ReturnType<typeof checkImageQuality>): number {
  return verdict.checks.find(({ check }) => check === 'size')?.limit ?? 0;
}

function hintOf(lesion: LesionPlace | null): GuidanceHint | null {
  if (!lesion) return 'lesion-none';
  if (Math.hypot(lesion.x - 0.5, lesion.y - 0.5) > lesionLimits.offCentre) return 'lesion-off-centre';
  if (lesion.extent < lesionLimits.small) return 'lesion-small';
  return lesion.extent >= 1 ? 'lesion-large' : null;
}

/**
 * The most plausible spot of a square frame: pixels that differ from the skin in the light that it is seen in by more
 * than Otsu's threshold of those differences (Otsu, IEEE Trans. SMC 9, 1979), in the connected part with an edge that
 * has most of them near the middle. It serves to aim a camera; outlines are the segmenter's business.
 */
export function locateLesion(frame: Pixels): LesionPlace | null {
  const side = rasterSide;
  const area = { left: 0, top: 0, width: frame.width, height: frame.height };
  const small = resizeBilinear(frame, area, side, side);
  const colours = Array.from({ length: side * side }, (_, i) =>
    labOf(small[3 * i] ?? 0, small[3 * i + 1] ?? 0, small[3 * i + 2] ?? 0),
  );
  const skin = medianColour(colours.filter((_, i) => distanceToRim(i, side) < side / 10));
  const lit = litSkin(colours, side, skin);
  const differences = colours.map((colour, i) => deltaE(colour, lit[i] ?? skin));
  const threshold = Math.max(minDifference, otsu(differences));
  const parts = components({ width: side, height: side }, (i) => (differences[i] ?? 0) > threshold, 8);
  let best: { weight: number; part: number[] } | null = null;
  for (const part of parts) {
    const weight = part.reduce((sum, i) => sum + nearness(i, side), 0);
    if (weight > (best?.weight ?? 2) && edgeOf(part, differences, side) >= minEdge) best = { weight, part };
  }
  return best && boundsOf(best.part, side);
}

/** By how much the differences fall over three pixels across the part's edge: the median along it. */
function edgeOf(part: readonly number[], differences: readonly number[], side: number): number {
  const inside = new Set(part);
  const falls: number[] = [];
  for (const i of part) {
    const [x, y] = [i % side, Math.floor(i / side)];
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const fits = [x - dx, x + 2 * dx, y - dy, y + 2 * dy].every((place) => place >= 0 && place < side);
      const step = dy * side + dx;
      if (fits && !inside.has(i + step))
        falls.push((differences[i - step] ?? 0) - (differences[i + 2 * step] ?? 0));
    }
  }
  return falls.sort((a, b) => a - b)[falls.length >> 1] ?? 0;
}

function medianColour(colours: readonly Lab[]): Lab {
  const median = (channel: 0 | 1 | 2) =>
    colours.map((colour) => colour[channel]).sort((a, b) => a - b)[colours.length >> 1] ?? 0;
  return [median(0), median(1), median(2)];
}

function distanceToRim(index: number, side: number): number {
  const [x, y] = [index % side, Math.floor(index / side)];
  return Math.min(x, y, side - 1 - x, side - 1 - y);
}

/** 1 in the middle of the frame, falling with distance: what a person aims at is about there. */
function nearness(index: number, side: number): number {
  const [x, y] = [(index % side) + 0.5 - side / 2, Math.floor(index / side) + 0.5 - side / 2];
  return Math.exp(-(x * x + y * y) / (2 * (side / 5) ** 2));
}

function boundsOf(part: readonly number[], side: number): LesionPlace {
  let [left, top, right, bottom] = [side, side, 0, 0];
  for (const i of part) {
    const [x, y] = [i % side, Math.floor(i / side)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return {
    x: (left + right) / 2 / side,
    y: (top + bottom) / 2 / side,
    extent: Math.max(right - left, bottom - top) / side,
  };
}

/**
 * How long frames have been good without a break, as the ring shows it: milliseconds, and the time of the
 * last frame.
 */
export interface StableFrameTimer {
  stableFor: number;
  at: number;
}

/**
 * A ring is complete after this long: a hand that has come to rest, and one frame between two movements does
 * not count.
 */
export const completeAfter = 1000;

/**
 * The ring after one more frame, seen at `at` (milliseconds). One bad frame empties it; a long gap between
 * frames counts little.
 */
export function advanceTimer(before: StableFrameTimer | null, good: boolean, at: number): StableFrameTimer {
  if (!good || !before) return { stableFor: 0, at };
  return { stableFor: before.stableFor + Math.min(500, Math.max(0, at - before.at)), at };
}

/** How far the ring is, 0 to 1. */
export function timerProgress({ stableFor }: StableFrameTimer): number {
  return Math.min(1, stableFor / completeAfter);
}
