import type { Card } from '../../../core/card/card';
import { answerWaits, type PatientContextState } from './patient-context';
import { pickedIds } from './picks';
import type { TriageState } from './triage';
import { countsOf, type Filter, passesAll, shownRows } from './triage-order';
import { createRows, type Mark, type TriageModels, type TriageRow } from './triage-row';
import type { WorkbenchState } from './workbench-state';

/** What the queue is made of: the states of the stores, and the cards of the models. */
export interface TriageSources {
  workbench: Pick<
    WorkbenchState,
    'photos' | 'selectedId' | 'packageId' | 'previousPackageId' | 'sensitivity'
  >;
  patientContext: PatientContextState;
  triage: TriageState;
  /** Every package that answers. */
  cards: readonly Card[];
}

/** The queue as it is shown. */
export interface TriageView {
  /** In order, filtered. */
  rows: readonly TriageRow[];
  /** Of all photos. */
  counts: Readonly<Record<Filter, number>>;
  /** What a command is for: several picked photos, or the one that is looked at. */
  picked: readonly string[];
}

const noMarks: readonly Mark[] = [];

/** Cheap to call with every change: what has not changed is not judged again. */
export function createTriageView(): (sources: TriageSources) => TriageView {
  const rowOf = createRows();
  let models: (TriageModels & { cards: readonly Card[] }) | null = null;
  let last: { sources: TriageSources; view: TriageView } | null = null;

  /** The same object as long as no model, card or sensitivity changes: rows are kept by it. */
  function modelsOf({ workbench: { packageId, previousPackageId, sensitivity }, cards }: TriageSources) {
    const same =
      models?.packageId === packageId &&
      models.previousPackageId === previousPackageId &&
      models.sensitivity === sensitivity &&
      models.cards === cards;
    if (models && same) return models;
    const byId = new Map(cards.map((card) => [card.id, card]));
    models = { packageId, previousPackageId, sensitivity, cards, cardOf: (id) => byId.get(id) };
    return models;
  }

  function allRows(sources: TriageSources): TriageRow[] {
    const { workbench, patientContext, triage } = sources;
    const of = modelsOf(sources);
    return workbench.photos.map((photo, arrival) =>
      rowOf(photo, of, {
        arrival,
        patient: photo.saved?.patient ?? photo.origin.patient,
        marks: triage.marks[photo.id] ?? noMarks,
        waits: answerWaits(patientContext, photo.id),
      }),
    );
  }

  return function view(sources: TriageSources): TriageView {
    if (last && sameSources(last.sources, sources)) return last.view;
    const { order, filters, picks, picking } = sources.triage;
    const { selectedId } = sources.workbench;
    const all = allRows(sources);
    const rows = shownRows(all, order, filters, selectedId);
    const ids = rows.map(({ photo }) => photo.id);
    const made = { rows, counts: countsOf(all), picked: pickedIds(picks, ids, selectedId, picking) };
    last = { sources, view: made };
    return made;
  };
}

/**
 * The photo to be looked at after a filter was pressed: the first that passes, where the one that is looked
 * at does not; null where there is nothing to change.
 */
export function firstPassing({ rows }: TriageView, filters: readonly Filter[], selectedId: string | null) {
  const passing = rows.filter((row) => passesAll(row, filters)).map(({ photo }) => photo.id);
  return selectedId !== null && passing.includes(selectedId) ? null : (passing[0] ?? null);
}

function sameSources(a: TriageSources, b: TriageSources): boolean {
  const { workbench: x } = a;
  const { workbench: y } = b;
  return (
    a.triage === b.triage &&
    a.patientContext === b.patientContext &&
    a.cards === b.cards &&
    x.photos === y.photos &&
    x.selectedId === y.selectedId &&
    x.packageId === y.packageId &&
    x.previousPackageId === y.previousPackageId &&
    x.sensitivity === y.sensitivity
  );
}
