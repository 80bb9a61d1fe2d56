import type { Analysis } from '../analysis';

/**
 * Largest difference of a calibrated probability that still counts as the same answer. Back ends and GPUs add
 * up in different orders; one percentage point is what a reader of whole percents would see.
 */
const reproductionTolerance = 0.01;

type ReproductionProblem =
  | 'package-differs'
  | 'preprocessing-differs'
  | 'photo-differs'
  | 'square-differs'
  | 'facts-differ'
  | 'classes-differ'
  | 'probabilities-differ'
  | 'decision-differs';

export interface Reproduction {
  reproduces: boolean;
  /** What stands against it, most basic first; empty where it reproduces. */
  problems: ReproductionProblem[];
  /** Largest difference of a calibrated probability, 0 to 1; null where the classes are not the same. */
  maxDifference: number | null;
  tolerance: number;
  /** Worth telling, but no reason against it. */
  sameBackend: boolean;
}

/**
 * Whether a new run of a stored analysis says the same: same package to the byte, same view of the photo,
 * same numbers.
 */
export function compareAnalyses(
  stored: Analysis,
  fresh: Analysis,
  tolerance = reproductionTolerance,
): Reproduction {
  const was = stored.provenance;
  const is = fresh.provenance;
  const maxDifference = largestDifference(stored, fresh);
  const checks: [ReproductionProblem, boolean][] = [
    ['package-differs', was.packageId === is.packageId && was.packageHash === is.packageHash],
    ['preprocessing-differs', was.preprocessing === is.preprocessing],
    ['photo-differs', stored.photo.width === fresh.photo.width && stored.photo.height === fresh.photo.height],
    [
      'square-differs',
      stored.square.left === fresh.square.left &&
        stored.square.top === fresh.square.top &&
        stored.square.side === fresh.square.side,
    ],
    ['facts-differ', sameFacts(stored.modelMetadata?.used ?? {}, fresh.modelMetadata?.used ?? {})],
    ['classes-differ', maxDifference !== null],
    ['probabilities-differ', maxDifference === null || maxDifference <= tolerance],
    ['decision-differs', stored.decision?.above === decidedAlike(stored, fresh)],
  ];
  const problems = checks.filter(([, holds]) => !holds).map(([problem]) => problem);
  return {
    reproduces: problems.length === 0,
    problems,
    maxDifference,
    tolerance,
    sameBackend: was.backend === is.backend && was.adapter === is.adapter,
  };
}

/** Where a fresh run falls at the threshold of then, which the user may have chosen. */
const decidedAlike = ({ decision: then }: Analysis, { decision: now }: Analysis) =>
  then && now ? now.probability >= then.threshold : now?.above;

type Known = Readonly<Record<string, string | number>>;

const sameFacts = (a: Known, b: Known) =>
  [...Object.keys(a), ...Object.keys(b)].every((field) => a[field] === b[field]);

function largestDifference(stored: Analysis, fresh: Analysis): number | null {
  const then = stored.probabilities;
  const now = fresh.probabilities;
  if (then.length !== now.length || then.some(({ id }, index) => now[index]?.id !== id)) return null;
  return Math.max(
    0,
    ...then.map(({ calibrated }, index) => Math.abs(calibrated - (now[index]?.calibrated ?? Number.NaN))),
  );
}
