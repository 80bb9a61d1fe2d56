import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Analysis } from '../core/analysis';
import type { Failure, Result } from '../core/failure';
import type { MetadataValues } from '../core/metadata';
import type { AnalyseRequest, Engine, LoadedPackage, Progress } from '../engine/engine';
import type { Machine } from './machine';

/** One package's answer for one photo, or how far it is. */
export type Run =
  | { state: 'running'; progress: Progress | null }
  | { state: 'done'; analysis: Analysis }
  | { state: 'failed'; failure: Failure };

/** A photo on the workbench. Plain data; its bytes are kept beside the store, behind `url`. */
export interface Photo {
  id: string;
  /** The file's name, or a made-up one for a pasted photo. */
  name: string;
  bytes: number;
  /** True for a picture that our own code drew: it shows no person. */
  synthetic: boolean;
  /** An object URL, alive as long as the photo is on the workbench. */
  url: string;
  /** By package id: several packages can answer for one photo. */
  runs: Readonly<Record<string, Run>>;
}

export interface WorkbenchState {
  photos: readonly Photo[];
  selectedId: string | null;
  /** The package that answers; null until one is chosen. */
  packageId: string | null;
}

/** The photos that are being looked at now. Nothing of it is kept when the page closes. */
export interface Workbench {
  store: StoreApi<WorkbenchState>;
  /** Puts a photo in place of all others, selects it and returns its id. */
  replaceWith(file: Blob, about: { name: string; synthetic: boolean }): string;
  choosePackage(packageId: string): void;
  /** Runs a photo through a package, loading the package first; a run of the same two that is under way is started anew. */
  analyse(photoId: string, packageId: string, wishes?: Omit<AnalyseRequest, 'packageId'>): Promise<void>;
  /** Ends a run that is under way; it fails with "cancelled". */
  cancel(photoId: string, packageId: string): void;
  /** Takes every photo off, ends what runs and releases the memory. */
  clear(): void;
}

/** What a package is to be told of the patient in a photo; undefined where it asks for nothing. */
export type FactsFor = (photoId: string, packageId: string) => MetadataValues | undefined;

export function createWorkbench(
  engine: Engine,
  machine: Machine,
  factsFor: FactsFor = () => undefined,
): Workbench {
  const store = createStore<WorkbenchState>(() => ({ photos: [], selectedId: null, packageId: null }));
  const files = new Map<string, Blob>();
  const underWay = new Map<string, AbortController>();

  function setRun(photoId: string, packageId: string, run: Run): void {
    store.setState(({ photos }) => ({
      photos: photos.map((photo) =>
        photo.id === photoId ? { ...photo, runs: { ...photo.runs, [packageId]: run } } : photo,
      ),
    }));
  }

  const isSynthetic = (photoId: string) =>
    store.getState().photos.some(({ id, synthetic }) => id === photoId && synthetic);

  function clear(): void {
    for (const controller of underWay.values()) controller.abort();
    underWay.clear();
    for (const { url } of store.getState().photos) URL.revokeObjectURL(url);
    files.clear();
    store.setState({ photos: [], selectedId: null });
  }

  return {
    store,
    replaceWith(file, { name, synthetic }) {
      clear();
      const id = crypto.randomUUID();
      files.set(id, file);
      const photo: Photo = {
        id,
        name,
        bytes: file.size,
        synthetic,
        url: URL.createObjectURL(file),
        runs: {},
      };
      store.setState({ photos: [photo], selectedId: id });
      return id;
    },
    choosePackage(packageId) {
      store.setState({ packageId });
    },
    async analyse(photoId, packageId, wishes = {}) {
      const file = files.get(photoId);
      if (!file) return;
      const key = runKey(photoId, packageId);
      underWay.get(key)?.abort();
      const controller = new AbortController();
      underWay.set(key, controller);
      const mine = () => underWay.get(key) === controller;
      const set = (run: Run) => mine() && setRun(photoId, packageId, run);

      set({ state: 'running', progress: null });
      const loaded = await loadWithProgress(machine, packageId, (progress) =>
        set({ state: 'running', progress }),
      );
      // Another photo took this one's place meanwhile; the package stays loaded for it.
      if (!mine()) return;
      const result = loaded.ok
        ? await engine.analyse(
            file,
            // A picture that our own code drew is no photo: the gate need not like it.
            { overruleGate: isSynthetic(photoId), facts: factsFor(photoId, packageId), ...wishes, packageId },
            { signal: controller.signal, onProgress: (progress) => set({ state: 'running', progress }) },
          )
        : loaded;
      set(
        result.ok ? { state: 'done', analysis: result.value } : { state: 'failed', failure: result.failure },
      );
      if (mine()) underWay.delete(key);
      if (!result.ok) await machine.recheck();
    },
    cancel(photoId, packageId) {
      const controller = underWay.get(runKey(photoId, packageId));
      if (!controller) return;
      controller.abort();
      machine.cancelLoad(packageId);
    },
    clear,
  };
}

const runKey = (photoId: string, packageId: string) => `${photoId} ${packageId}`;

/** Loads a package through the machine, so that every screen sees it happen. */
export async function loadWithProgress(
  machine: Machine,
  packageId: string,
  onProgress: (progress: Progress | null) => void,
): Promise<Result<LoadedPackage>> {
  const unsubscribe = machine.store.subscribe(({ packages }) => {
    const state = packages[packageId];
    if (state?.state === 'loading') onProgress(state.progress);
  });
  try {
    return await machine.load(packageId);
  } finally {
    unsubscribe();
  }
}
