import type { Rectangle } from '../geometry';
import type { Pixels } from '../raster';
import { type Check, checks, type Domain, direction, qualityLimits } from './limits';
import { measureQuality } from './measures';

/**
 * One check and how it came out. `check` also names those that need more than pixels: the out-of-distribution
 * score is added with `withDistribution` once the network has run. The words, reason and remedy, live in the
 * language files under `gate.<check>`.
 */
export interface QualityCheck {
  check: Check | 'distribution';
  passed: boolean;
  value: number;
  /** The limit that the value crossed; the one for refusal where it crossed none. */
  limit: number;
  severity: 'none' | 'warn' | 'refuse';
}

export interface QualityVerdict {
  accepted: boolean;
  /** The user said to go on all the same; results keep this mark. */
  overruled: boolean;
  checks: QualityCheck[];
}

export interface OutOfDistribution {
  score: number;
  threshold: number;
  /** True when the score is at or under the threshold; else the photo is unusual. */
  inDistribution: boolean;
  /** True when it is so far above that there is no result. */
  refused: boolean;
}

/**
 * Asks whether a photo, or the part of it that a network is to see, is fit for a kind of image. Every check
 * is made, whatever failed.
 */
export function checkImageQuality(photo: Pixels, domain: Domain, part?: Rectangle): QualityVerdict {
  const values = measureQuality(photo, part);
  return verdict(
    checks.flatMap((check) => {
      const limits = qualityLimits[domain][check];
      if (!limits) return [];
      const value = values[check];
      const beyond = (limit: number | undefined) => {
        if (limit === undefined) return false;
        return direction[check] === 'at-least' ? value < limit : value > limit;
      };
      if (beyond(limits.refuse))
        return { check, passed: false, value, limit: limits.refuse, severity: 'refuse' };
      if (beyond(limits.warn)) {
        return { check, passed: true, value, limit: limits.warn ?? limits.refuse, severity: 'warn' };
      }
      return { check, passed: true, value, limit: limits.refuse, severity: 'none' };
    }),
  );
}

/**
 * The verdict with the network's out-of-distribution score (larger is stranger) as one more check: an unusual
 * photo is warned of. `refusal`: the score that the card refuses from; left out where it refuses none.
 */
export function addOodCheck(
  before: QualityVerdict,
  found: OutOfDistribution,
  refusal = found.threshold,
): QualityVerdict {
  const { score: value, threshold, inDistribution, refused } = found;
  const severity = refused ? 'refuse' : inDistribution ? 'none' : 'warn';
  const limit = severity === 'warn' ? threshold : refusal;
  const check: QualityCheck = { check: 'distribution', passed: !refused, value, limit, severity };
  return { ...verdict([...before.checks, check]), overruled: before.overruled };
}

/** Why a photo is refused, the first cause first; empty for an accepted one. */
export function refusalReasons({ checks: all }: QualityVerdict): QualityCheck['check'][] {
  return all.filter(({ severity }) => severity === 'refuse').map(({ check }) => check);
}

/**
 * The user's word against the gate's: what was found stays written. A verdict that was accepted anyway stays
 * as it is.
 */
export function overrule(before: QualityVerdict): QualityVerdict {
  return before.accepted ? before : { ...before, overruled: true };
}

/** Whether the photo goes on to the network. */
export function isAllowed({ accepted, overruled }: QualityVerdict): boolean {
  return accepted || overruled;
}

function verdict(all: QualityCheck[]): QualityVerdict {
  return { accepted: all.every(({ passed }) => passed), overruled: false, checks: all };
}
