import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Engine } from '../../../engine/engine';
import type { RequestCount } from '../../../engine/requests';

interface RequestWatchState {
  /** Requests of the page and of the engine's worker since everything was loaded; null before. */
  count: RequestCount | null;
}

/** The proof that nothing is sent: how many requests there were since the kiosk opened its doors. */
export interface RequestWatch {
  store: StoreApi<RequestWatchState>;
  /** Counts from here. */
  open(): Promise<void>;
  /** Looks again. */
  check(): Promise<void>;
}

const none: RequestCount = { own: 0, elsewhere: 0 };

/** `page` counts the page's own requests; the worker's are asked of the engine. */
export function createRequestWatch(page: () => RequestCount, engine: Engine): RequestWatch {
  const store = createStore<RequestWatchState>(() => ({ count: null }));
  let before: RequestCount = none;
  /** Of the workers so far: one that was restarted counts from zero. */
  let earlierWorkers: RequestCount = none;
  let worker: RequestCount = none;
  let underWay: Promise<RequestCount> | null = null;

  async function readCounts(): Promise<RequestCount> {
    const diagnostics = await engine.diagnostics();
    if (diagnostics.ok) {
      const { requests } = diagnostics.value;
      if (requests.own < worker.own || requests.elsewhere < worker.elsewhere)
        earlierWorkers = sum(earlierWorkers, worker);
      worker = requests;
    }
    return sum(page(), sum(earlierWorkers, worker));
  }
  /** One question at a time: between two photos there is room for one. */
  function total(): Promise<RequestCount> {
    underWay ??= readCounts().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  return {
    store,
    async open() {
      before = await total();
      store.setState({ count: none });
    },
    async check() {
      if (store.getState().count === null) return;
      const now = await total();
      const count = { own: now.own - before.own, elsewhere: now.elsewhere - before.elsewhere };
      const { count: shown } = store.getState();
      if (shown?.own !== count.own || shown.elsewhere !== count.elsewhere) store.setState({ count });
    },
  };
}

const sum = (a: RequestCount, b: RequestCount): RequestCount => ({
  own: a.own + b.own,
  elsewhere: a.elsewhere + b.elsewhere,
});
