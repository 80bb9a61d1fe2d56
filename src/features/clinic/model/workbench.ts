import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Square } from '../../../core/geometry';
import type { Engine } from '../../../engine/engine';
import type { DicomMetadata } from '../../../engine/input/dicom-metadata';
import type { OpenPhoto } from '../../../engine/input/opener';
import { answerOf } from '../../../runtime/run';
import type { Runtime } from '../../../runtime/runtime';
import { createLesionRuns } from './workbench-lesions';
import { besideOthers, turnedTo } from './workbench-outlines';
import {
  type AnalysisOverrides,
  type NewWorkbenchPhoto,
  newWorkbenchPhoto,
  squareKey,
  type WorkbenchPhoto,
  withStandingAnswers,
} from './workbench-photo';
import { type AnalysisOptions, createRuns, type MetadataFor, type RunTarget } from './workbench-runs';

export interface WorkbenchState {
  photos: readonly WorkbenchPhoto[];
  selectedId: string | null;
  /** The package that answers; null until one is chosen. */
  packageId: string | null;
  /** Further packages whose answers stand beside it. */
  compareWithIds: readonly string[];
  /** The sensitivity wanted of the decision, 0 to 1; null takes each card's own threshold. */
  sensitivity: number | null;
}

/** The photos that are being looked at now. Nothing of it is kept when the page closes. */
export interface Workbench {
  store: StoreApi<WorkbenchState>;
  /**
   * Puts photos at the end of the queue, selects the first of them and returns their ids. Each is opened and runs through the chosen
   * packages by itself: the selected one first, the others behind everything else that the engine has to do.
   */
  add(photos: readonly NewWorkbenchPhoto[]): string[];
  /** Shows a photo; where it still waits in the queue, it comes next. */
  select(photoId: string): void;
  /** The package that answers for every photo; what has no answer of it yet runs. */
  choosePackage(packageId: string): void;
  compareWith(packageIds: readonly string[]): void;
  setSensitivity(sensitivity: number | null): void;
  /** Changes how a photo is looked at; its answers run again. Facts that only the page shows (`squares`) run nothing. */
  override(photoId: string, overrides: Partial<AnalysisOverrides>): void;
  setSquares(photoId: string, squares: readonly Square[]): void;
  /** Asks a package about each lesion of a photo with several, so that the answers can stand side by side (`lesionRunOf`). */
  answerLesions(photoId: string, packageId: string): void;
  /** Runs a photo through a package, loading the package first; a run of the same two that is under way is started anew. */
  analyse(photoId: string, packageId: string, options?: AnalysisOptions): Promise<void>;
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
  metadataFor?: MetadataFor;
  /** Makes a photo of a file. */
  open: OpenPhoto;
  /** Told what a DICOM file says of the patient. */
  onDicom?: (photoId: string, facts: DicomMetadata) => void;
}

export function createWorkbench(
  engine: Engine,
  runtime: Runtime,
  { metadataFor = () => undefined, open, onDicom = () => {} }: WorkbenchOptions,
): Workbench {
  const store = createStore<WorkbenchState>(() => ({
    photos: [],
    selectedId: null,
    packageId: null,
    compareWithIds: [],
    sensitivity: null,
  }));
  const images = new Map<string, Blob>();

  const photoOf = (id: string) => store.getState().photos.find((photo) => photo.id === id);
  const chosen = ({ packageId, compareWithIds } = store.getState()) => [
    ...new Set(packageId === null ? [] : [packageId, ...compareWithIds]),
  ];

  function change(photoId: string, changes: (photo: WorkbenchPhoto) => Partial<WorkbenchPhoto>): void {
    store.setState(({ photos }) => ({
      photos: photos.map((photo) => (photo.id === photoId ? { ...photo, ...changes(photo) } : photo)),
    }));
  }
  const target: RunTarget = {
    photoOf,
    imageOf: (photoId) => images.get(photoId),
    setRun: (photoId, packageId, run) =>
      change(photoId, ({ runs }) => ({ runs: { ...runs, [packageId]: run } })),
  };
  const runs = createRuns(engine, runtime, target, metadataFor);
  const lesions = createLesionRuns(
    engine,
    runtime,
    {
      ...target,
      setRun: (photoId, key, run) =>
        change(photoId, ({ lesionRuns }) => ({ lesionRuns: { ...lesionRuns, [key]: run } })),
    },
    metadataFor,
  );
  /** What was said of single lesions holds no longer; of one alone, where its square is given. */
  function forgetLesions(photoId: string, square?: Square | null): void {
    const photo = photoOf(photoId);
    if (!photo) return;
    const gone = (key: string) => !square || key.endsWith(` ${squareKey(square)}`);
    const those = (which: (key: string) => boolean) =>
      Object.fromEntries(Object.entries(photo.lesionRuns).filter(([key]) => which(key)));
    lesions.drop({ ...photo, lesionRuns: those(gone) });
    change(photoId, () => ({ lesionRuns: those((key) => !gone(key)) }));
  }
  const answerFor = ({ runs }: WorkbenchPhoto) => answerOf(runs[store.getState().packageId ?? '']);

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
      const background = photo.id !== selectedId;
      // What stands in the queue comes to the front once it is selected.
      const wanted = chosen().filter((id) => !photo.runs[id] || (!background && runs.waits(photo.id, id)));
      void runs.start(photo.id, wanted, { background });
    }
  }

  function forget(photo: WorkbenchPhoto): void {
    const { id, url } = photo;
    runs.drop(id);
    lesions.drop(photo);
    if (url !== null) URL.revokeObjectURL(url);
    images.delete(id);
  }

  return {
    store,
    add(added) {
      const photos = added.map((source) => newWorkbenchPhoto(crypto.randomUUID(), source));
      store.setState((state) => ({
        photos: [...state.photos, ...photos],
        selectedId: photos[0]?.id ?? state.selectedId,
      }));
      photos.forEach(({ id }, index) => void openInto(id, (added[index] as NewWorkbenchPhoto).file));
      return photos.map(({ id }) => id);
    },
    select(selectedId) {
      store.setState({ selectedId });
      schedule();
    },
    choosePackage(packageId) {
      store.setState(({ compareWithIds }) => ({
        packageId,
        compareWithIds: compareWithIds.filter((id) => id !== packageId),
      }));
      schedule();
    },
    compareWith(compareWithIds) {
      store.setState({ compareWithIds });
      schedule();
    },
    setSensitivity(sensitivity) {
      store.setState({ sensitivity });
    },
    override(photoId, overrides) {
      const only = (name: keyof AnalysisOverrides) => Object.keys(overrides).every((key) => key === name);
      if (overrides.mask) change(photoId, (photo) => besideOthers(photo, answerFor(photo)));
      if (only('square')) {
        const square = overrides.square ?? null;
        change(photoId, (photo) => ({
          lesionRuns: withStandingAnswers(photo),
          ...turnedTo(photo, square, answerFor(photo)),
        }));
      } else forgetLesions(photoId, only('mask') ? photoOf(photoId)?.square : null);
      change(photoId, () => overrides);
      void runs.start(photoId, Object.keys(photoOf(photoId)?.runs ?? {}), {});
    },
    setSquares(photoId, squares) {
      change(photoId, () => ({ squares }));
    },
    answerLesions: lesions.start,
    analyse(photoId, packageId, options = {}) {
      // Test-time augmentation asks for more of the same; else something has changed, such as a fact.
      if (!options.testTimeAugmentation) forgetLesions(photoId);
      return runs.start(photoId, [packageId], options);
    },
    cancel: runs.cancel,
    cancelAll() {
      runs.cancelAll();
      lesions.cancelAll();
    },
    imageOf: (photoId) => images.get(photoId) ?? null,
    remove(photoId) {
      const { photos, selectedId } = store.getState();
      const at = photos.findIndex(({ id }) => id === photoId);
      const photo = photos[at];
      if (!photo) return;
      forget(photo);
      const rest = photos.filter((other) => other !== photo);
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
