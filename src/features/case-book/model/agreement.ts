import type { Card } from '../../../core/card/card';
import { sameDiagnosis } from '../../../core/card/diagnoses';
import type { Case } from './search';

/** How own impressions, the model and histology agreed, over all cases that have two of them. */

/**
 * Whether a label means a lesion to be flagged; null where it is not known. A card tells it for its classes.
 */
export type IsFlagged = (label: string) => boolean | null;

/**
 * Whether a diagnosis is one that a package flags, by its card; without a threshold, one that is not benign.
 * Null where its card does not know the diagnosis.
 */
export function isFlaggedBy({ classes, decision }: Card, label: string): boolean | null {
  const known = classes.find(({ id }) => sameDiagnosis(id, label));
  if (!known) return null;
  return decision ? decision.positive.includes(known.id) : known.kind !== 'benign';
}

export interface PairAgreement {
  /** Cases in which both said something. */
  count: number;
  /** Cases in which both named the same diagnosis, be it by the ids of different packages. */
  sameLabel: number;
  /** Cases in which it is known of both whether they mean a lesion to be flagged. */
  comparable: number;
  /** Of those, where both mean such a lesion or both do not. */
  sameSide: number;
}

/**
 * Histology as the truth: how often a lesion to be flagged was, and the others were not. Null where there was
 * none.
 */
export interface AgainstHistology {
  /** Lesions to be flagged, and how many of them were. */
  toFlag: number;
  flagged: number;
  sensitivity: number | null;
  others: number;
  notFlagged: number;
  specificity: number | null;
}

export interface Agreement {
  impressionAndModel: PairAgreement;
  impressionAndHistology: PairAgreement;
  modelAndHistology: PairAgreement;
  impression: AgainstHistology;
  model: AgainstHistology;
}

interface Judgement {
  label: string;
  flagged: boolean | null;
}

/**
 * Counts one time a case: the newest impression that was written before the answer was shown (one written
 * after it proves nothing), the newest answer of the package with a result, and the histology. The model's
 * side is its decision at its own threshold, or its most probable class where the card has no threshold: decisions
 * at thresholds that were asked for would mix sensitivities in one figure, so they have no side.
 */
export function measureAgreement(cases: readonly Case[], packageId: string, isFlagged: IsFlagged): Agreement {
  const judgements = cases.map((lesionCase) => ({
    impression: impressionOf(lesionCase, isFlagged),
    model: modelOf(lesionCase, packageId, isFlagged),
    histology: judgementOf(lesionCase.lesion.histology?.label, isFlagged),
  }));
  return {
    impressionAndModel: pairAgreement(judgements.map(({ impression, model }) => [impression, model])),
    impressionAndHistology: pairAgreement(
      judgements.map(({ impression, histology }) => [impression, histology]),
    ),
    modelAndHistology: pairAgreement(judgements.map(({ model, histology }) => [model, histology])),
    impression: against(judgements.map(({ impression, histology }) => [impression, histology])),
    model: against(judgements.map(({ model, histology }) => [model, histology])),
  };
}

function impressionOf({ lesion }: Case, isFlagged: IsFlagged): Judgement | null {
  const before = lesion.impressions.filter(({ beforeAnswer }) => beforeAnswer);
  const newest = before.reduce<(typeof before)[number] | undefined>(
    (last, impression) => (last && last.recordedAt > impression.recordedAt ? last : impression),
    undefined,
  );
  return judgementOf(newest?.label, isFlagged);
}

function modelOf({ entries }: Case, packageId: string, isFlagged: IsFlagged): Judgement | null {
  const answers = entries
    .map(({ analysis }) => analysis)
    .filter(({ provenance }) => provenance.packageId === packageId);
  const analysis = answers.find(isAtOwnThreshold) ?? answers[0];
  const confident = analysis && !analysis.outOfDistribution?.refused;
  const first = analysis?.probabilities.toSorted((a, b) => b.calibrated - a.calibrated)[0];
  if (!confident || !first) return null;
  const side = analysis.decision ? analysis.decision.above : isFlagged(first.id);
  return { label: first.id, flagged: isAtOwnThreshold(analysis) ? side : null };
}

/** Not at a sensitivity that the user asked for. */
const isAtOwnThreshold = ({ decision }: Case['entries'][number]['analysis']) =>
  (decision?.wanted ?? null) === null;

function judgementOf(label: string | undefined, isFlagged: IsFlagged): Judgement | null {
  return label === undefined ? null : { label, flagged: isFlagged(label) };
}

type Pair = [Judgement | null, Judgement | null];

function pairAgreement(pairs: readonly Pair[]): PairAgreement {
  const both = pairs.filter((pair): pair is [Judgement, Judgement] => pair[0] !== null && pair[1] !== null);
  const comparable = both.filter(([a, b]) => a.flagged !== null && b.flagged !== null);
  return {
    count: both.length,
    sameLabel: both.filter(([a, b]) => sameDiagnosis(a.label, b.label)).length,
    comparable: comparable.length,
    sameSide: comparable.filter(([a, b]) => a.flagged === b.flagged).length,
  };
}

function against(pairs: readonly Pair[]): AgainstHistology {
  const known = pairs.flatMap(([judged, truth]) =>
    typeof judged?.flagged === 'boolean' && typeof truth?.flagged === 'boolean'
      ? [{ judged: judged.flagged, truth: truth.flagged }]
      : [],
  );
  const toFlag = known.filter(({ truth }) => truth);
  const others = known.filter(({ truth }) => !truth);
  const flagged = toFlag.filter(({ judged }) => judged).length;
  const notFlagged = others.filter(({ judged }) => !judged).length;
  return {
    toFlag: toFlag.length,
    flagged,
    sensitivity: toFlag.length > 0 ? flagged / toFlag.length : null,
    others: others.length,
    notFlagged,
    specificity: others.length > 0 ? notFlagged / others.length : null,
  };
}
