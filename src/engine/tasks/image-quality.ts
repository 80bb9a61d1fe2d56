import { squareWithin } from '../../core/geometry';
import { checkImageQuality, isAllowed, overrule, type QualityVerdict } from '../../core/quality/gate';
import type { Domain } from '../../core/quality/limits';
import type { Pixels } from '../../core/raster';
import type { AnalyseRequest } from '../engine';
import { EngineError } from '../engine-error';

/**
 * Asks the gate whether a photo, or the square of it that the caller chose, is fit for a kind of image.
 * Throws `photo-<check>` with the first check that explains the others, unless the user overrules the gate:
 * then the verdict keeps that mark.
 */
export function requireImageQuality(
  photo: Pixels,
  domain: Domain,
  { square, overruleGate }: Pick<AnalyseRequest, 'square' | 'overruleGate'>,
): QualityVerdict {
  const part = square && square !== 'centre' ? squareWithin(square, photo.width, photo.height) : undefined;
  const found = checkImageQuality(photo, domain, part && { ...part, width: part.side, height: part.side });
  const verdict = overruleGate ? overrule(found) : found;
  if (isAllowed(verdict)) return verdict;
  const refusals = verdict.checks.filter(({ severity }) => severity === 'refuse');
  for (const { check, value, limit } of refusals) {
    // That one is asked of the network, later.
    if (check === 'distribution') continue;
    const all = refusals.map((refusal) => refusal.check).join(', ');
    throw new EngineError(`photo-${check}`, { value, limit, checks: all });
  }
  return verdict;
}
