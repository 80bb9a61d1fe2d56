import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { evidenceQuality } from '../../../core/decision/evidence';
import { verdictOf } from '../../../core/decision/verdict';

/** What happens to a photo, in the order in which it happens. */
export type ExplanationStep = 'photo' | 'mask' | 'attention' | 'answer';

/** The stages that this analysis can show: only what the engine really found, and what means something. */
export function explanationSteps(card: Card, analysis: Analysis): ExplanationStep[] {
  const steps: ExplanationStep[] = ['photo'];
  if (analysis.lesion?.mask) steps.push('mask');
  if (saliencyMap(card, analysis)) steps.push('attention');
  return [...steps, 'answer'];
}

export interface SaliencyMap {
  width: number;
  height: number;
  values: Float32Array;
}

/**
 * Where the network looked, on the square: a fusion's attention, mean of its queries; else the evidence for
 * the class to be explained, which is a flagged one where the photo is flagged. Null where it tells neither,
 * where there is no result, and where the map is flat or lies mostly outside of the lesion: nobody here could
 * tell what it is worth.
 */
export function saliencyMap(card: Card, analysis: Analysis): SaliencyMap | null {
  const { noResult, explained } = verdictOf(card, analysis);
  const map = noResult ? null : (attentionMap(analysis) ?? evidenceMap(analysis, explained));
  if (!map) return null;
  const { photo, square, lesion } = analysis;
  const { doubt } = evidenceQuality(map, { photo, square, mask: lesion?.mask ?? null });
  return doubt === null ? map : null;
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
