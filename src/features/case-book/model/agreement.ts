import { sameDiagnosis } from './diagnosis';
import type { Case } from './search';

/** How own impressions, the model and histology agreed, over all cases that have two of them. */

/** Whether a label means a malignant lesion; null where it is not known. A card's classes tell it for class ids. */
export type IsMalignant = (label: string) => boolean | null;

export interface PairAgreement {
  /** Cases in which both said something. */
  count: number;
  /** Cases in which both named the same diagnosis, be it by the ids of different packages. */
  sameLabel: number;
  /** Cases in which it is known of both whether they mean malignant. */
  comparable: number;
  /** Of those, where both mean malignant or both do not. */
  sameSide: number;
}

/** Histology as the truth: how often a malignant lesion was called so, and the others not. Null where there was none. */
export interface AgainstHistology {
  malignant: number;
  calledMalignant: number;
  sensitivity: number | null;
  others: number;
  notCalled: number;
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
  malignant: boolean | null;
}

/**
 * Counts one time a case: the newest impression that was written before the answer was shown (one written after it proves nothing), the
 * newest answer of the package with a confident result, and the histology. The model's side is its decision at the threshold, or its most
 * probable class where the card has no threshold.
 */
export function measureAgreement(
  cases: readonly Case[],
  packageId: string,
  isMalignant: IsMalignant,
): Agreement {
  const judgements = cases.map((lesionCase) => ({
    impression: impressionOf(lesionCase, isMalignant),
    model: modelOf(lesionCase, packageId, isMalignant),
    histology: judgementOf(lesionCase.lesion.histology?.label, isMalignant),
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

function impressionOf({ lesion }: Case, isMalignant: IsMalignant): Judgement | null {
  const before = lesion.impressions.filter(({ beforeAnswer }) => beforeAnswer);
  const newest = before.reduce<(typeof before)[number] | undefined>(
    (last, impression) => (last && last.recordedAt > impression.recordedAt ? last : impression),
    undefined,
  );
  return judgementOf(newest?.label, isMalignant);
}

function modelOf({ entries }: Case, packageId: string, isMalignant: IsMalignant): Judgement | null {
  const analysis = entries.find((entry) => entry.analysis.provenance.packageId === packageId)?.analysis;
  const confident = analysis && analysis.conformalSet.length > 0 && !analysis.outOfDistribution?.refused;
  const first = analysis?.probabilities.toSorted((a, b) => b.calibrated - a.calibrated)[0];
  if (!confident || !first) return null;
  return { label: first.id, malignant: analysis.decision?.above ?? isMalignant(first.id) };
}

function judgementOf(label: string | undefined, isMalignant: IsMalignant): Judgement | null {
  return label === undefined ? null : { label, malignant: isMalignant(label) };
}

type Pair = [Judgement | null, Judgement | null];

function pairAgreement(pairs: readonly Pair[]): PairAgreement {
  const both = pairs.filter((pair): pair is [Judgement, Judgement] => pair[0] !== null && pair[1] !== null);
  const comparable = both.filter(([a, b]) => a.malignant !== null && b.malignant !== null);
  return {
    count: both.length,
    sameLabel: both.filter(([a, b]) => sameDiagnosis(a.label, b.label)).length,
    comparable: comparable.length,
    sameSide: comparable.filter(([a, b]) => a.malignant === b.malignant).length,
  };
}

function against(pairs: readonly Pair[]): AgainstHistology {
  const known = pairs.flatMap(([calledMalignant, truth]) =>
    typeof calledMalignant?.malignant === 'boolean' && typeof truth?.malignant === 'boolean'
      ? [{ called: calledMalignant.malignant, truth: truth.malignant }]
      : [],
  );
  const malignant = known.filter(({ truth }) => truth);
  const others = known.filter(({ truth }) => !truth);
  const calledMalignant = malignant.filter(({ called: calledMalignant }) => calledMalignant).length;
  const notCalled = others.filter(({ called: calledMalignant }) => !calledMalignant).length;
  return {
    malignant: malignant.length,
    calledMalignant,
    sensitivity: malignant.length > 0 ? calledMalignant / malignant.length : null,
    others: others.length,
    notCalled,
    specificity: others.length > 0 ? notCalled / others.length : null,
  };
}
