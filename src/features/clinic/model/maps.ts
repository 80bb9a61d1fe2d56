import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { decidedFor } from '../../../core/decision/threshold';
import { verdictOf } from '../../../core/decision/verdict';

/** A map over the square: of the evidence for a class, or of where a fusion's query looks. */
export interface EvidenceMap {
  key: string;
  kind: 'class' | 'attention';
  /** The class's id, or the query. */
  of: string;
  width: number;
  height: number;
  values: Float32Array;
}

/**
 * Every map of an analysis: that of the class to be explained first (`Verdict.explained`), then those of the
 * most probable.
 */
export function mapsOf({ activation, attention, probabilities }: Analysis, explained: string): EvidenceMap[] {
  const rank = (id: string) =>
    id === explained ? 2 : (probabilities.find((probability) => probability.id === id)?.calibrated ?? 0);
  const classes = (activation?.planes ?? [])
    .map(({ classId, values }) => ({ key: `class ${classId}`, kind: 'class' as const, of: classId, values }))
    .sort((a, b) => rank(b.of) - rank(a.of));
  const queries = (attention?.planes ?? []).map(({ query, values }) => ({
    key: `attention ${query}`,
    kind: 'attention' as const,
    of: query as string,
    values,
  }));
  const sized = (size: { width: number; height: number } | null) => ({
    width: size?.width ?? 0,
    height: size?.height ?? 0,
  });
  return [
    ...classes.map((map) => ({ ...map, ...sized(activation) })),
    ...queries.map((map) => ({ ...map, ...sized(attention) })),
  ];
}

/**
 * The maps of an answer as it is decided at the sensitivity that is wanted: of a photo that this flags, the map of what
 * it is flagged for comes first.
 */
export function mapsAtSensitivity(card: Card, analysis: Analysis, sensitivity: number | null): EvidenceMap[] {
  const decided = decidedFor(card, analysis, sensitivity);
  return mapsOf(decided, verdictOf(card, decided).explained);
}

export const classOf = (card: Card, id: string) => card.classes.find((cardClass) => cardClass.id === id);
