import type { Card, Kind } from '../card/card';
import { kinds } from '../card/kinds';
import type { Estimate } from '../metrics/bootstrap';
import type { Decision } from './probability';
import { offeredBy } from './threshold';

/** Whether a photo is flagged, with all that a sentence about it needs. It leads every answer. */
export interface Flag {
  flagged: boolean;
  /** The classes added up, calibrated, 0 to 1, and what their sum is held against. */
  probability: number;
  threshold: number;
  /**
   * Digits after the point with which the two, in percent, are on the sides of each other that they are on.
   */
  digits: number;
  /** Ids of the classes that are added up. */
  positive: string[];
  /** What these are, in the words of the language files: `flag.kinds.<added>`. */
  added: FlaggedKinds;
  /** The sensitivity that the threshold was chosen for, 0 to 1; null where it is not known. */
  target: number | null;
  /** The user chose the sensitivity, and not the card. */
  chosen: boolean;
  /** What the threshold was worth on photos held back; null where nobody measured it. */
  measured: ThresholdWorth | null;
}

export interface ThresholdWorth {
  /** 0 to 1. */
  sensitivity: number;
  specificity: number;
  /** Null where the card has none for this threshold. */
  intervals: { sensitivity: Estimate; specificity: Estimate } | null;
  /** The threshold was chosen on the very photos that these are of, so they flatter. */
  samePhotos: boolean;
}

/**
 * The flag that is said of an answer: of one without a result only that it is flagged, and nothing that could
 * comfort. Null where nothing is said.
 */
export const saidFlag = <F extends Pick<Flag, 'flagged'>>(flag: F | null, hasResult: boolean): F | null =>
  flag && (hasResult || flag.flagged) ? flag : null;

/**
 * `classes`: an added package may flag classes that are no cancer; then they are named and called nothing.
 */
export type FlaggedKinds = 'malignant' | 'malignant-premalignant' | 'premalignant' | 'classes';

/**
 * `rule`: the card's decision, or the site's in its place; null where the card at hand has none (any more): what was
 * decided stands, and nobody can say what the threshold was set for or what it was worth.
 */
export function flagOf(
  { probability, threshold, positive, above, wanted }: Decision,
  rule: Card['decision'],
  classes: Card['classes'],
): Flag {
  return {
    flagged: above,
    probability,
    threshold,
    digits: digitsApart(probability, threshold),
    positive: [...positive],
    added: flaggedKinds(classes.filter(({ id }) => positive.includes(id)).map(({ kind }) => kind)),
    target: wanted ?? (threshold === rule?.threshold ? rule.targetSensitivity : null),
    chosen: wanted !== null,
    measured: rule ? worthOf(rule, threshold, wanted) : null,
  };
}

function worthOf(
  rule: NonNullable<Card['decision']>,
  threshold: number,
  wanted: number | null,
): ThresholdWorth | null {
  const fittedOnThese = rule.fittedOn === 'test';
  const offered = wanted === null ? undefined : offeredBy(rule, wanted);
  if (offered?.threshold === threshold) {
    const { sensitivity, specificity } = offered;
    return {
      sensitivity: sensitivity.value,
      specificity: specificity.value,
      intervals: { sensitivity, specificity },
      samePhotos: fittedOnThese,
    };
  }
  const own = threshold === rule.threshold;
  const point = own ? rule : rule.curve.find((each) => each.threshold === threshold);
  if (!point) return null;
  const { sensitivity, specificity } = rule.intervals ?? {};
  return {
    sensitivity: point.sensitivity,
    specificity: point.specificity,
    intervals: own && sensitivity && specificity ? { sensitivity, specificity } : null,
    // The curve is of the photos that are measured, and whoever asks for a sensitivity chooses on it.
    samePhotos: fittedOnThese || wanted !== null || !own,
  };
}

export function flaggedKinds(of: readonly Kind[]): FlaggedKinds {
  if (of.length === 0 || of.includes('benign')) return 'classes';
  if (!of.includes('premalignant')) return 'malignant';
  return of.includes('malignant') ? 'malignant-premalignant' : 'premalignant';
}

/** More digits of a percentage than these say nothing to anybody. */
const maxDigits = 6;

/**
 * The fewest digits after the point with which two shares (0 to 1), written in percent, differ. Never "20 %
 * over 20 %".
 */
export function digitsApart(first: number, other: number): number {
  for (let digits = 0; digits < maxDigits; digits++) {
    if ((100 * first).toFixed(digits) !== (100 * other).toFixed(digits)) return digits;
  }
  return maxDigits;
}

/** The most urgent of several. */
export function worstKind(of: readonly Kind[]): Kind {
  return kinds[Math.max(0, ...of.map((kind) => kinds.indexOf(kind)))] as Kind;
}
