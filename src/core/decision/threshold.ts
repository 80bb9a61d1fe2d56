import type { Analysis } from '../analysis';
import type { Card } from '../card/card';
import { rulesOf } from './site-calibration';

/** A threshold on the sum of the positive classes, with what it was worth on held-back photos. */
export type OperatingPoint = NonNullable<Card['decision']>['curve'][number];

/**
 * The point of a card's curve that finds at least this share of the positives (0 to 1), and among those the
 * one that spares most negatives; the card's own point with null. Null where the card has no decision or no
 * point of its curve is sensitive enough.
 */
export function thresholdFor(
  card: Pick<Card, 'decision'>,
  sensitivity: number | null,
): OperatingPoint | null {
  const { decision } = card;
  if (!decision) return null;
  if (sensitivity === null) {
    const { threshold, sensitivity: own, specificity } = decision;
    return { threshold, sensitivity: own, specificity };
  }
  const able = decision.curve.filter((point) => point.sensitivity >= sensitivity);
  const [first] = able;
  return first
    ? able.reduce((best, point) => (point.threshold > best.threshold ? point : best), first)
    : null;
}

/**
 * The analysis as decided at a sensitivity that the user asks for (0 to 1; null: as the card or the site's
 * calibration has it). The threshold and the side of it move, every other number stays. Where no threshold is
 * so sensitive nothing moves.
 */
export function decidedFor(
  card: Pick<Card, 'classes' | 'calibration' | 'decision'>,
  analysis: Analysis,
  sensitivity: number | null,
): Analysis {
  const { decision } = analysis;
  const point = thresholdFor(rulesOf(card, analysis.siteCalibration), sensitivity);
  if (!decision || !point) return analysis;
  const { threshold } = point;
  if (threshold === decision.threshold && decision.wanted === sensitivity) return analysis;
  const above = decision.probability >= threshold;
  return { ...analysis, decision: { ...decision, threshold, above, wanted: sensitivity } };
}
