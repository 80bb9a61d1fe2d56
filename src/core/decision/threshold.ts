import type { Analysis } from '../analysis';
import type { Card } from '../card/card';
import { rulesOf } from './site-calibration';

/** A threshold on the sum of the positive classes, with what it was worth on held-back photos. */
export interface OperatingPoint {
  threshold: number;
  /** 0 to 1. */
  sensitivity: number;
  specificity: number;
}

/** Sensitivities that a user may ask for. */
export const offeredSensitivities = [0.8, 0.85, 0.9, 0.95, 0.98];

type Rule = NonNullable<Card['decision']>;

/** The rule's threshold for this very sensitivity that was not chosen on the photos that it is measured on. */
export const offeredBy = ({ thresholds = [] }: Pick<Rule, 'thresholds'>, sensitivity: number) =>
  thresholds.find(({ targetSensitivity }) => targetSensitivity === sensitivity);

/**
 * The threshold of a card that is meant to find this share of the positives (0 to 1): the one that was chosen for it on
 * other photos than it is measured on, where the card has one. Otherwise the point of the card's curve that finds at
 * least so many and spares most of the others; what it was worth then flatters (`flagOf` says so). The card's own point
 * with null. Null where the card has no decision or no point is sensitive enough.
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
  const offered = offeredBy(decision, sensitivity);
  if (offered) {
    const { threshold, sensitivity: found, specificity } = offered;
    return { threshold, sensitivity: found.value, specificity: specificity.value };
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
  // As it was asked for already: an answer of an earlier version of the card keeps its threshold, and its flag.
  if (!decision || decision.wanted === sensitivity) return analysis;
  const point = thresholdFor(rulesOf(card, analysis.siteCalibration), sensitivity);
  if (!point) return analysis;
  const { threshold } = point;
  const above = decision.probability >= threshold;
  return { ...analysis, decision: { ...decision, threshold, above, wanted: sensitivity } };
}

/**
 * Of sensitivities that were asked for the one that flags the most with this card. Null is the card's own threshold,
 * which is the one of most cards for 90 %.
 */
export function mostFlagging(
  wanted: readonly (number | null)[],
  card?: Pick<Card, 'decision'>,
): number | null {
  const own = card?.decision?.targetSensitivity ?? 0.9;
  const rank = (sensitivity: number | null) =>
    (card && thresholdFor(card, sensitivity)?.threshold) ?? 1 - (sensitivity ?? own);
  return wanted.reduce((most, next) => (rank(next) < rank(most) ? next : most), wanted[0] ?? null);
}
