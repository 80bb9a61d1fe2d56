import type { Card } from '../../../../core/card/card';
import { exampleAnalysis, exampleCard } from '../../../../core/fixtures/analysis';
import type { Run } from '../../../../runtime/run';
import { type TriageModels, type TriageRow, unanswered } from '../triage-row';
import { newWorkbenchPhoto, type WorkbenchPhoto } from '../workbench-photo';

/** A photo of this name and id that is open. */
export function openPhoto(name: string, changes: Partial<WorkbenchPhoto> = {}): WorkbenchPhoto {
  const photo = newWorkbenchPhoto(name, { file: new Blob(), name, source: 'file' });
  return { ...photo, url: `blob:${name}`, ...changes };
}

/** A row that nothing is known of yet, with these differences. */
export function exampleRow(name: string, changes: Partial<TriageRow> = {}): TriageRow {
  return {
    ...unanswered,
    photo: openPhoto(name),
    arrival: 0,
    patient: null,
    marks: [],
    card: exampleCard,
    ...changes,
  };
}

/** An answer by the example card's rule, which flags from 0.21 on; `probability`: of the flagged class. */
export function doneRun(probability: number, refused = false): Run {
  const threshold = exampleCard.decision?.threshold ?? 0;
  return {
    state: 'done',
    analysis: exampleAnalysis({
      probabilities: [
        { id: 'nv', logit: 0, raw: 1 - probability, calibrated: 1 - probability },
        { id: 'mel', logit: 0, raw: probability, calibrated: probability },
      ],
      decision: { positive: ['mel'], probability, threshold, above: probability >= threshold, wanted: null },
      outOfDistribution: { score: 1, threshold: 2, inDistribution: !refused, refused },
    }),
  };
}

/** Models of the example's classes, by id. */
export function exampleModels(ids: readonly string[], chosen: Partial<TriageModels> = {}): TriageModels {
  const cards: Card[] = ids.map((id) => ({ ...exampleCard, id }));
  return {
    packageId: ids[0] ?? null,
    previousPackageId: null,
    sensitivity: null,
    cardOf: (id) => cards.find((card) => card.id === id),
    ...chosen,
  };
}
