import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../core/failure';
import type { Engine, Progress } from '../engine/engine';

/** How far a package is on its way into this browser's storage. */
export type CacheState =
  | { state: 'absent' }
  | { state: 'queued' }
  | { state: 'downloading'; progress: Progress | null }
  | { state: 'cached' }
  | { state: 'failed'; failure: Failure };

export interface ModelCacheState {
  /** By package id; what is missing here is absent. */
  packages: Readonly<Record<string, CacheState>>;
  /** Packages that the user brought along; they are kept already, and nowhere else. */
  added: readonly string[];
  /** Whether the browser has agreed to clear nothing by itself; null where it cannot be asked. */
  persisted: boolean | null;
  /** True once the browser was asked and has not agreed. */
  refused: boolean;
  /** Bytes, as the browser estimates them; null where it does not. */
  usage: { used: number; quota: number } | null;
}

/** The packages that this browser keeps for a time without network. */
export interface ModelCache {
  store: StoreApi<ModelCacheState>;
  /** Looks at what is kept now; loading a package keeps it too. */
  refresh(): Promise<void>;
  /** Downloads packages one after the other, in the order given. What fails does not stop the others. */
  prefetch(packageIds: readonly string[]): Promise<void>;
  /** Ends a download, or takes a package out of those that wait. */
  cancel(packageId: string): void;
  evict(packageId: string): Promise<void>;
  /** Asks the browser to clear nothing by itself. Some ask the person in turn. */
  persist(): Promise<void>;
}

export function createModelCache(
  engine: Pick<Engine, 'cached' | 'prefetch' | 'evict' | 'added'>,
  storage: Pick<StorageManager, 'persist' | 'persisted' | 'estimate'> | undefined,
): ModelCache {
  const store = createStore<ModelCacheState>(() => ({
    packages: {},
    added: [],
    persisted: null,
    refused: false,
    usage: null,
  }));
  const underWay = new Map<string, AbortController>();

  const set = (id: string, state: CacheState) =>
    store.setState(({ packages }) => ({ packages: { ...packages, [id]: state } }));

  async function refresh(): Promise<void> {
    const result = await engine.cached();
    if (result.ok) {
      const now = Object.fromEntries(result.value.map((id) => [id, { state: 'cached' } as CacheState]));
      // What is under way or has failed says so itself.
      const others = Object.entries(store.getState().packages).filter(
        ([id, { state }]) => state !== 'cached' && !now[id],
      );
      store.setState({ packages: { ...Object.fromEntries(others), ...now } });
    }
    const added = await engine.added();
    if (added.ok) store.setState({ added: added.value });
    const persisted = (await storage?.persisted().catch(() => null)) ?? null;
    const estimate = await storage?.estimate().catch(() => null);
    const usage =
      estimate?.usage !== undefined && estimate.quota
        ? { used: estimate.usage, quota: estimate.quota }
        : null;
    store.setState({ persisted, usage });
  }

  async function prefetchOne(id: string, controller: AbortController): Promise<void> {
    if (!controller.signal.aborted) {
      set(id, { state: 'downloading', progress: null });
      const result = await engine.prefetch(id, {
        signal: controller.signal,
        onProgress: (progress) => !controller.signal.aborted && set(id, { state: 'downloading', progress }),
      });
      if (result.ok) set(id, { state: 'cached' });
      else if (result.failure.code === 'cancelled') set(id, { state: 'absent' });
      else set(id, { state: 'failed', failure: result.failure });
    }
    underWay.delete(id);
  }

  return {
    store,
    refresh,
    async prefetch(ids) {
      const wanted = ids
        .filter((id) => !underWay.has(id))
        .map((id) => ({ id, controller: new AbortController() }));
      for (const { id, controller } of wanted) {
        underWay.set(id, controller);
        set(id, { state: 'queued' });
      }
      for (const { id, controller } of wanted) await prefetchOne(id, controller);
      await refresh();
    },
    cancel(id) {
      underWay.get(id)?.abort();
      if (store.getState().packages[id]?.state === 'queued') set(id, { state: 'absent' });
    },
    async evict(id) {
      const result = await engine.evict(id);
      set(id, result.ok ? { state: 'absent' } : { state: 'failed', failure: result.failure });
      await refresh();
    },
    async persist() {
      const persisted = (await storage?.persist().catch(() => false)) ?? null;
      store.setState({ persisted, refused: persisted === false });
    },
  };
}
