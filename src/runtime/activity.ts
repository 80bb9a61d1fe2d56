import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Engine, eachMethod, engineMethods } from '../engine/engine';

/** Whether any engine has work, for whoever must not interrupt it. */
export interface Activity {
  /** The same engine, with its work counted. The app uses no other. */
  watch(engine: Engine): Engine;
  store: StoreApi<{ busy: boolean }>;
  /** Resolves when nothing runs, at once where nothing does; rejects when the signal aborts. */
  idle(signal?: AbortSignal): Promise<void>;
}

/** The next photo of a batch starts within this time (milliseconds); a pause that is shorter is no end. */
const defaultPauseMs = 2000;

export function createActivity(pause = defaultPauseMs): Activity {
  const store = createStore(() => ({ busy: false }));
  let running = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;

  function counted(work: (...given: never[]) => Promise<unknown>) {
    return async (...given: never[]) => {
      running += 1;
      clearTimeout(resting);
      store.setState({ busy: true });
      try {
        return await work(...given);
      } finally {
        running -= 1;
        if (running === 0) resting = setTimeout(() => store.setState({ busy: false }), pause);
      }
    };
  }

  return {
    watch: (engine) => ({
      ...engine,
      ...eachMethod((name) => (engineMethods[name].work ? counted(engine[name]) : engine[name])),
    }),
    store,
    idle: (signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        if (!store.getState().busy) return resolve();
        const unsubscribe = store.subscribe(({ busy }) => {
          if (busy) return;
          unsubscribe();
          resolve();
        });
        signal?.addEventListener('abort', () => {
          unsubscribe();
          reject(signal.reason);
        });
      }),
  };
}
