import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { showsLesions } from '../../../core/card/segmenter';
import { type EvidenceQuality, evidenceQuality } from '../../../core/decision/evidence';
import { verdictOf } from '../../../core/decision/verdict';
import type { LesionPlace } from '../../../core/quality/guidance';
import type { Raster } from '../../../core/raster';

/** What happens to a photo, in the order in which it happens. */
export type ExplanationStep = 'photo' | 'mask' | 'attention' | 'answer';

/**
 * The stages that this analysis can show: only what the engine really found, and what means something.
 * `withDoubt`: where the network looked is a stage even where its map is not worth drawing (`mapDoubt`).
 */
export function explanationSteps(card: Card, analysis: Analysis, withDoubt = false): ExplanationStep[] {
  const steps: ExplanationStep[] = ['photo'];
  if (analysis.lesion?.mask) steps.push('mask');
  if (withDoubt ? shownMap(card, analysis) : saliencyMap(card, analysis)) steps.push('attention');
  return [...steps, 'answer'];
}

/** How many spots were found, where the answer is about one of several; null where it is about all that there is. */
export function spotsFound({ lesion }: Analysis): number | null {
  return lesion && lesion.chosen !== null && lesion.lesions.length > 1 ? lesion.lesions.length : null;
}

export interface SaliencyMap {
  width: number;
  height: number;
  values: Float32Array;
}

/**
 * Where the network looked, on the square: a fusion's attention, mean of its queries; else the evidence for
 * the class to be explained, which is a flagged one where the photo is flagged. Null where it tells neither,
 * where there is no result, and where the map is flat, lies mostly outside of the lesion, or cannot be held
 * against one: nobody here could tell what it is worth. `spot`: where the spot of a frame of the camera is; see `mapDoubt`.
 */
export function saliencyMap(
  card: Card,
  analysis: Analysis,
  spot: LesionPlace | null = null,
): SaliencyMap | null {
  const map = shownMap(card, analysis);
  return map && doubtOf(map, card, analysis, spot) === null ? map : null;
}

/** `unplaced`: in a photo of a lesion nothing says where that is, neither an outline nor a spot. */
export type MapDoubt = EvidenceQuality['doubt'] | 'unplaced';

/**
 * Why the map may not be taken for a reason, and is not drawn; null without a map, and where it is drawn. It
 * is held against the outline; before there is one, or where none was found, the box of the camera's spot
 * stands in for it.
 */
export function mapDoubt(card: Card, analysis: Analysis, spot: LesionPlace | null = null): MapDoubt {
  const map = shownMap(card, analysis);
  return map && doubtOf(map, card, analysis, spot);
}

function doubtOf(
  map: SaliencyMap,
  { domain }: Card,
  { photo, square, lesion }: Analysis,
  spot: LesionPlace | null,
): MapDoubt {
  const mask = lesion?.mask ?? (spot && boxOf(spot));
  const { doubt } = evidenceQuality(map, { photo, square, mask });
  // In a close-up of acne or of tissue the whole photo is what the answer is about.
  return doubt ?? (mask === null && showsLesions(domain) ? 'unplaced' : null);
}

function shownMap(card: Card, analysis: Analysis): SaliencyMap | null {
  const { noResult, explained } = verdictOf(card, analysis);
  return noResult ? null : (attentionMap(analysis) ?? evidenceMap(analysis, explained));
}

/**
 * The map of a frame of the camera, for which no outline is looked for: the box of the spot stands in for it.
 * Null without a spot: then nothing could tell a map of the spot from one of the table behind it.
 */
export function liveSaliencyMap(card: Card, analysis: Analysis, spot: LesionPlace | null) {
  return spot && saliencyMap(card, analysis, spot);
}

/** Pixels a side of the box's mask, which is compared with a map of some ten cells a side. */
const boxSide = 64;

function boxOf({ x, y, extent }: LesionPlace): Raster {
  const data = new Uint8Array(boxSide * boxSide);
  const near = (pixel: number, middle: number) => Math.abs((pixel + 0.5) / boxSide - middle) <= extent / 2;
  for (let at = 0; at < data.length; at++) {
    if (near(at % boxSide, x) && near(Math.floor(at / boxSide), y)) data[at] = 1;
  }
  return { width: boxSide, height: boxSide, data };
}

/**
 * The class whose evidence the map shows, where that is not simply the answer's: the one that the photo is
 * flagged for. Null for a photo without a flag, and for a fusion's attention, which is of no class.
 */
export function flaggedClassOf(card: Card, analysis: Analysis): string | null {
  const { flag, explained } = verdictOf(card, analysis);
  return flag?.flagged && !analysis.attention ? explained : null;
}

function attentionMap({ attention }: Analysis): SaliencyMap | null {
  if (!attention) return null;
  const { width, height, planes } = attention;
  const values = Float32Array.from(
    { length: width * height },
    (_, cell) => planes.reduce((sum, plane) => sum + (plane.values[cell] ?? 0), 0) / planes.length,
  );
  return { width, height, values };
}

function evidenceMap({ activation }: Analysis, explained: string): SaliencyMap | null {
  const plane = activation?.planes.find(({ classId }) => classId === explained);
  return activation && plane
    ? { width: activation.width, height: activation.height, values: plane.values }
    : null;
}
