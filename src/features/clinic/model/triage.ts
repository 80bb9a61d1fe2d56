import { createStore, type StoreApi } from 'zustand/vanilla';
import { noPicks, type PickHow, type Picks, pick } from './picks';
import type { Filter, Order } from './triage-order';
import type { Mark } from './triage-row';
import type { Workbench } from './workbench-state';

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
  /** A press picks, as on a touch screen that has no Shift and no Ctrl; it is turned on on purpose. */
  picking: boolean;
}

export interface Triage {
  store: StoreApi<TriageState>;
  setLayout(layout: Layout): void;
  setOrder(order: Order): void;
  /** Puts a filter on or takes it off. */
  toggleFilter(filter: Filter): void;
  clearFilters(): void;
  /** Marks photos; where all of them have the mark, takes it off. */
  mark(photoIds: readonly string[], mark: Mark): void;
  /** The marks that photos of another time had. */
  restore(marks: Readonly<Record<string, readonly Mark[]>>): void;
  /**
   * Picks a photo and, but for `toggle`, shows it; `only` shows it alone and leaves the picks while a press picks.
   * `shown`: the ids in the order of the queue.
   */
  pick(photoId: string, how: PickHow, shown: readonly string[]): void;
  pickAll(shown: readonly string[]): void;
  /** Begins to pick by presses, with no photo picked. */
  startPicking(): void;
  /** Ends the picking too. */
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
    picking: false,
  }));
  return {
    store,
    setLayout: (layout) => store.setState({ layout }),
    setOrder: (order) => store.setState({ order }),
    toggleFilter(filter) {
      const { filters } = store.getState();
      const on = filters.includes(filter);
      store.setState({ filters: on ? filters.filter((other) => other !== filter) : [...filters, filter] });
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
    restore: (restored) => store.setState(({ marks }) => ({ marks: { ...marks, ...restored } })),
    pick(photoId, how, shown) {
      store.setState(({ picks, picking }) => {
        if (picking && how === 'only') return {};
        const { selectedId } = workbench.store.getState();
        // The photo that is looked at counts as picked, also where it was never pressed.
        const alone = !picking && picks.ids.length <= 1 && selectedId !== null;
        const from = alone ? pick(noPicks, selectedId, 'only', shown) : picks;
        return { picks: pick(from, photoId, how, shown) };
      });
      if (how !== 'toggle') workbench.select(photoId);
    },
    pickAll: (shown) => store.setState(({ picks: { anchor } }) => ({ picks: { ids: shown, anchor } })),
    startPicking: () => store.setState({ picking: true, picks: noPicks }),
    clearPicks: () => store.setState({ picks: noPicks, picking: false }),
  };
}
