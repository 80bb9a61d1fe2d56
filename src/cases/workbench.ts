import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Analysis, Square } from '../core/analysis';
import { failure, type Result } from '../core/failure';
import type { MetadataValues } from '../core/metadata';
import type { AnalyseRequest, Engine, PackageAnswer, Progress } from '../engine/engine';
import type { DicomFacts } from '../engine/input/dicom-facts';
import type { OpenPhoto } from '../engine/input/opener';
import { loadWithProgress } from './load-with-progress';
import type { Machine } from './machine';
import {
  answerOf,
  type Look,
  type NewPhoto,
  newPhoto,
  type Photo,
  type Run,
  requestFor,
} from './workbench-photo';

export type { Photo, Run } from './workbench-photo';

export interface WorkbenchState {
  photos: readonly Photo[];
  selectedId: string | null;
  /** The package that answers; null until one is chosen. */
  packageId: string | null;
  /** Further packages whose answers stand beside it. */
  alongside: readonly string[];
  /** The sensitivity wanted of the decision, 0 to 1; null takes each card's own threshold. */
  sensitivity: number | null;
}

type Wishes = Omit<AnalyseRequest, 'packageId'>;

/** The photos that are being looked at now. Nothing of it is kept when the page closes. */
export interface Workbench {
  store: StoreApi<WorkbenchState>;
  /**
   * Puts photos at the end of the queue, selects the first of them and returns their ids. Each is opened and runs through the chosen
   * packages by itself: the selected one first, the others behind everything else that the engine has to do.
   */
  add(photos: readonly NewPhoto[]): string[];
  /** Shows a photo; where it still waits in the queue, it comes next. */
  select(photoId: string): void;
  /** The package that answers for every photo; what has no answer of it yet runs. */
  choosePackage(packageId: string): void;
  compareWith(packageIds: readonly string[]): void;
  wantSensitivity(sensitivity: number | null): void;
  /** Changes how a photo is looked at; its answers run again. Facts that only the page shows (`squares`) run nothing. */
  look(photoId: string, look: Partial<Look>): void;
  keepSquares(photoId: string, squares: readonly Square[]): void;
  /** Runs a photo through a package, loading the package first; a run of the same two that is under way is started anew. */
  analyse(photoId: string, packageId: string, wishes?: Wishes): Promise<void>;
  /** Ends a run that is under way; it fails with "cancelled". */
  cancel(photoId: string, packageId: string): void;
  cancelAll(): void;
  /** The photo's image as it was opened: a JPEG or PNG for DICOM and HEIC. */
  imageOf(photoId: string): Blob | null;
  /** Takes a photo off; its neighbour is selected. */
  remove(photoId: string): void;
  /** Takes every photo off, ends what runs and releases the memory. */
  clear(): void;
}

export interface WorkbenchOptions {
  /** What a package is to be told of the patient in a photo; undefined where it asks for nothing. */
  factsFor?: (photoId: string, packageId: string) => MetadataValues | undefined;
  /** Makes a photo of a file. */
  open: OpenPhoto;
  /** Told what a DICOM file says of the patient. */
  onDicom?: (photoId: string, facts: DicomFacts) => void;
}

export function createWorkbench(
  engine: Engine,
  machine: Machine,
  { factsFor = () => undefined, open, onDicom = () => {} }: WorkbenchOptions,
): Workbench {
  const store = createStore<WorkbenchState>(() => ({
    photos: [],
    selectedId: null,
    packageId: null,
    alongside: [],
    sensitivity: null,
  }));
  const images = new Map<string, Blob>();
  const underWay = new Map<string, AbortController>();

  const photoOf = (id: string) => store.getState().photos.find((photo) => photo.id === id);
  const chosen = ({ packageId, alongside } = store.getState()) => [
    ...new Set(packageId === null ? [] : [packageId, ...alongside]),
  ];

  function change(photoId: string, changes: (photo: Photo) => Partial<Photo>): void {
    store.setState(({ photos }) => ({
      photos: photos.map((photo) => (photo.id === photoId ? { ...photo, ...changes(photo) } : photo)),
    }));
  }
  const setRun = (photoId: string, packageId: string, run: Run) =>
    change(photoId, ({ runs }) => ({ runs: { ...runs, [packageId]: run } }));

  async function openInto(photoId: string, file: Blob): Promise<void> {
    const opened = await open(file);
    if (!photoOf(photoId)) return;
    if (!opened.ok) {
      change(photoId, () => ({ unopened: opened.failure }));
      return;
    }
    const { image, from, dicom } = opened.value;
    images.set(photoId, image);
    if (dicom) onDicom(photoId, dicom);
    change(photoId, ({ source }) => ({
      url: URL.createObjectURL(image),
      source: from === 'photo' ? source : from,
      dicom,
      scale: dicom?.scale ?? null,
    }));
    schedule();
  }

  /** Starts what the chosen packages have not answered yet. What was cancelled or failed waits for the user. */
  function schedule(): void {
    const { photos, selectedId } = store.getState();
    for (const photo of [...photos].sort(
      (a, b) => Number(b.id === selectedId) - Number(a.id === selectedId),
    )) {
      if (photo.url === null) continue;
      const wanted = chosen().filter((id) => !photo.runs[id] || waitsBehind(photo, id));
      void runThrough(photo.id, wanted, { background: photo.id !== selectedId });
    }
  }

  /** The selected photo has not begun, because it still stands in the queue. */
  const waitsBehind = ({ id, runs }: Photo, packageId: string) =>
    id === store.getState().selectedId && behind.has(runKey(id, packageId)) && isWaiting(runs[packageId]);
  const behind = new Set<string>();

  async function runThrough(photoId: string, packageIds: readonly string[], wishes: Wishes): Promise<void> {
    const image = images.get(photoId);
    const photo = photoOf(photoId);
    if (!image || !photo || packageIds.length === 0) return;
    const controller = new AbortController();
    for (const id of packageIds) {
      const key = runKey(photoId, id);
      underWay.get(key)?.abort();
      underWay.set(key, controller);
      if (wishes.background) behind.add(key);
      else behind.delete(key);
      setRun(photoId, id, { state: 'running', progress: null, previous: answerOf(photo.runs[id]) });
    }
    const mine = (id: string) => underWay.get(runKey(photoId, id)) === controller;
    const report = (progress: Progress | null) => {
      for (const id of packageIds.filter(mine)) {
        setRun(photoId, id, { state: 'running', progress, previous: answerOf(photoOf(photoId)?.runs[id]) });
      }
    };
    const finish = (id: string, result: Result<Analysis>) => {
      if (!mine(id)) return;
      underWay.delete(runKey(photoId, id));
      setRun(photoId, id, ended(result));
    };

    const ready: string[] = [];
    for (const id of packageIds) {
      const loaded = await loadFor(id, controller.signal, report);
      if (loaded.ok) ready.push(id);
      else finish(id, loaded);
    }
    const wanted = ready.filter(mine);
    report(null);
    // The photo went away meanwhile, or was asked for anew; the package stays loaded for the next one.
    if (wanted.length > 0) {
      const request = { ...requestFor(photo), ...wishes };
      const call = { signal: controller.signal, onProgress: report };
      for (const { packageId, answer } of await answers(photoId, image, wanted, request, call)) {
        finish(packageId, answer);
      }
    }
    const failed = packageIds.map((id) => photoOf(photoId)?.runs[id]).some((run) => run?.state === 'failed');
    if (failed) await machine.recheck();
  }

  /** Packages that are told the same go together, and share the photo's decoding and its mask. */
  async function answers(
    photoId: string,
    image: Blob,
    packageIds: readonly string[],
    request: Wishes,
    call: { signal: AbortSignal; onProgress: (progress: Progress) => void },
  ): Promise<PackageAnswer[]> {
    const facts = Object.assign({}, ...packageIds.map((id) => factsFor(photoId, id)));
    const told = { ...request, ...(Object.keys(facts).length > 0 && { facts }) };
    const [only] = packageIds;
    if (only !== undefined && packageIds.length === 1) {
      return [{ packageId: only, answer: await engine.analyse(image, { ...told, packageId: only }, call) }];
    }
    const all = await engine.analyseAll(image, { ...told, packageIds: [...packageIds] }, call);
    return all.ok ? all.value : packageIds.map((packageId) => ({ packageId, answer: all }));
  }

  /** Loads a package. Giving up leaves the load to others who wait for it. */
  async function loadFor(id: string, signal: AbortSignal, onProgress: (progress: Progress | null) => void) {
    const aborted = new Promise<ReturnType<typeof failure>>((resolve) => {
      signal.addEventListener('abort', () => resolve(failure('cancelled')), { once: true });
    });
    const loaded = loadWithProgress(machine, id, (progress) => !signal.aborted && onProgress(progress));
    return Promise.race([loaded, aborted]);
  }

  function cancel(photoId: string, packageId: string): void {
    const key = runKey(photoId, packageId);
    const controller = underWay.get(key);
    if (!controller) return;
    controller.abort();
    const others = [...underWay].some(
      ([other, { signal }]) => other.endsWith(` ${packageId}`) && !signal.aborted,
    );
    if (!others) machine.cancelLoad(packageId);
  }

  function forget({ id, url }: Photo): void {
    for (const [key, controller] of underWay) {
      if (!key.startsWith(`${id} `)) continue;
      controller.abort();
      underWay.delete(key);
    }
    if (url !== null) URL.revokeObjectURL(url);
    images.delete(id);
  }

  return {
    store,
    add(added) {
      const photos = added.map((one) => newPhoto(crypto.randomUUID(), one));
      store.setState((state) => ({
        photos: [...state.photos, ...photos],
        selectedId: photos[0]?.id ?? state.selectedId,
      }));
      photos.forEach(({ id }, index) => void openInto(id, (added[index] as NewPhoto).file));
      return photos.map(({ id }) => id);
    },
    select(selectedId) {
      store.setState({ selectedId });
      schedule();
    },
    choosePackage(packageId) {
      store.setState(({ alongside }) => ({
        packageId,
        alongside: alongside.filter((id) => id !== packageId),
      }));
      schedule();
    },
    compareWith(alongside) {
      store.setState({ alongside });
      schedule();
    },
    wantSensitivity(sensitivity) {
      store.setState({ sensitivity });
    },
    look(photoId, look) {
      change(photoId, () => look);
      void runThrough(photoId, Object.keys(photoOf(photoId)?.runs ?? {}), {});
    },
    keepSquares(photoId, squares) {
      change(photoId, () => ({ squares }));
    },
    analyse: (photoId, packageId, wishes = {}) => runThrough(photoId, [packageId], wishes),
    cancel,
    cancelAll() {
      for (const key of [...underWay.keys()]) {
        const [photoId = '', packageId = ''] = key.split(' ');
        cancel(photoId, packageId);
      }
    },
    imageOf: (photoId) => images.get(photoId) ?? null,
    remove(photoId) {
      const { photos, selectedId } = store.getState();
      const at = photos.findIndex(({ id }) => id === photoId);
      const photo = photos[at];
      if (!photo) return;
      forget(photo);
      const rest = photos.filter((one) => one !== photo);
      const neighbour = rest[Math.min(at, rest.length - 1)]?.id ?? null;
      store.setState({ photos: rest });
      if (selectedId === photoId) store.setState({ selectedId: neighbour });
      schedule();
    },
    clear() {
      for (const photo of store.getState().photos) forget(photo);
      store.setState({ photos: [], selectedId: null });
    },
  };
}

const runKey = (photoId: string, packageId: string) => `${photoId} ${packageId}`;
const isWaiting = (run: Run | undefined) => run?.state === 'running' && run.progress === null;
const ended = (result: Result<Analysis>): Run =>
  result.ok ? { state: 'done', analysis: result.value } : { state: 'failed', failure: result.failure };
