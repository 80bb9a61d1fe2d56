import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Card } from '../../../core/card/card';
import { answerWaits, type PatientContextState } from './patient-context';
import { noPicks, type PickHow, type Picks, pick, pickedIds } from './picks';
import { countsOf, type Filter, type Order, passesAll, shownRows } from './triage-order';
import { createRows, type Mark, type TriageModels, type TriageRow } from './triage-row';
import type { Workbench, WorkbenchState } from './workbench-state';

export type Layout = 'list' | 'grid';

/** How the queue is looked through, and what was marked in it. Plain data, and small. */
export interface TriageState {
  layout: Layout;
  order: Order;
  /** A photo passes all of them. */
  filters: readonly Filter[];
  /** By photo id. */
  marks: Readonly<Record<string, readonly Mark[]>>;
  picks: Picks;
}

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

export interface Triage {
  store: StoreApi<TriageState>;
  /** Cheap to call with every change: what has not changed is not judged again. */
  view(sources: TriageSources): TriageView;
  setLayout(layout: Layout): void;
  setOrder(order: Order): void;
  /** Puts a filter on or takes it off; where the photo looked at does not pass, the first that does is shown. */
  toggleFilter(filter: Filter, sources: TriageSources): void;
  clearFilters(): void;
  /** Marks photos; where all of them have the mark, takes it off. */
  mark(photoIds: readonly string[], mark: Mark): void;
  /** Picks a photo and, but for `toggle`, shows it. `shown`: the ids in the order of the queue. */
  pick(photoId: string, how: PickHow, shown: readonly string[]): void;
  pickAll(shown: readonly string[]): void;
  clearPicks(): void;
}

const noMarks: readonly Mark[] = [];

export function createTriage(workbench: Pick<Workbench, 'store' | 'select'>): Triage {
  const store = createStore<TriageState>(() => ({
    layout: 'list',
    order: 'arrival',
    filters: [],
    marks: {},
    picks: noPicks,
  }));
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
        patient: photo.origin.patient,
        marks: triage.marks[photo.id] ?? noMarks,
        waits: answerWaits(patientContext, photo.id),
      }),
    );
  }

  function view(sources: TriageSources): TriageView {
    if (last && sameSources(last.sources, sources)) return last.view;
    const { order, filters, picks } = sources.triage;
    const { selectedId } = sources.workbench;
    const all = allRows(sources);
    const rows = shownRows(all, order, filters, selectedId);
    const ids = rows.map(({ photo }) => photo.id);
    const made = { rows, counts: countsOf(all), picked: pickedIds(picks, ids, selectedId) };
    last = { sources, view: made };
    return made;
  }

  return {
    store,
    view,
    setLayout: (layout) => store.setState({ layout }),
    setOrder: (order) => store.setState({ order }),
    toggleFilter(filter, sources) {
      const { filters } = store.getState();
      const next = filters.includes(filter)
        ? filters.filter((other) => other !== filter)
        : [...filters, filter];
      store.setState({ filters: next });
      const { rows } = view({ ...sources, triage: store.getState() });
      const passing = rows.filter((row) => passesAll(row, next));
      const { selectedId } = sources.workbench;
      const [first] = passing;
      if (first && !passing.some(({ photo }) => photo.id === selectedId)) workbench.select(first.photo.id);
    },
    clearFilters: () => store.setState({ filters: [] }),
    mark(photoIds, mark) {
      const { marks } = store.getState();
      const had = photoIds.every((id) => marks[id]?.includes(mark));
      const changed = photoIds.map((id) => {
        const others = (marks[id] ?? noMarks).filter((other) => other !== mark);
        return [id, had ? others : [...others, mark]] as const;
      });
      store.setState({ marks: { ...marks, ...Object.fromEntries(changed) } });
    },
    pick(photoId, how, shown) {
      store.setState(({ picks }) => {
        const { selectedId } = workbench.store.getState();
        // The photo that is looked at counts as picked, also where it was never pressed.
        const alone = picks.ids.length <= 1 && selectedId !== null;
        const from = alone ? pick(noPicks, selectedId, 'only', shown) : picks;
        return { picks: pick(from, photoId, how, shown) };
      });
      if (how !== 'toggle') workbench.select(photoId);
    },
    pickAll: (shown) => store.setState(({ picks: { anchor } }) => ({ picks: { ids: shown, anchor } })),
    clearPicks: () => store.setState({ picks: noPicks }),
  };
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
