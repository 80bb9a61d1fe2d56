import { createStore } from 'zustand/vanilla';
import { failure, type Result } from '../../../core/failure';
import { sameSquare } from '../../../core/geometry';
import type { OpenedPhoto } from '../../../engine/input/open';
import { answerOf, type Run } from '../../../runtime/run';
import type { AnalysisServices } from '../../../runtime/run-analysis';
import type { RuntimeState } from '../../../runtime/runtime';
import { chosenOrDefault } from './chosen-package';
import { withIdentity } from './photo-origin';
import { createPhotoFiles } from './workbench-files';
import { createLesions } from './workbench-lesions';
import { besideOthers, outlineAt, turnedTo } from './workbench-outlines';
import {
  type AnalysisOverrides,
  maxLesions,
  newWorkbenchPhoto,
  type PhotoWithFile,
  requestFor,
  restoredPhoto,
  type WorkbenchPhoto,
  withLesionRun,
  withOwnAnswers,
} from './workbench-photo';
import { createSchedule } from './workbench-queue';
import { createRuns } from './workbench-runs';
import type { Workbench, WorkbenchOptions, WorkbenchState } from './workbench-state';

export function createWorkbench(
  services: AnalysisServices,
  { open, patientContext }: WorkbenchOptions,
): Workbench {
  const store = createStore<WorkbenchState>(() => ({
    photos: [],
    selectedId: null,
    packageId: null,
    previousPackageId: null,
    compareWithIds: [],
    sensitivity: null,
  }));

  const photoOf = (id: string) => store.getState().photos.find((photo) => photo.id === id);
  const chosen = ({ packageId, compareWithIds } = store.getState()) => [
    ...new Set(packageId === null ? [] : [packageId, ...compareWithIds]),
  ];

  function change(photoId: string, changes: (photo: WorkbenchPhoto) => Partial<WorkbenchPhoto>): void {
    const { photos } = store.getState();
    const index = photos.findIndex(({ id }) => id === photoId);
    const photo = photos[index];
    if (photo) store.setState({ photos: photos.with(index, { ...photo, ...changes(photo) }) });
  }
  const runs = createRuns(services, {
    requestFor({ photoId, lesion }) {
      const photo = photoOf(photoId);
      const image = files.imageOf(photoId);
      if (!photo || !image) return null;
      const overrides = lesion ? { ...photo, square: lesion, mask: outlineAt(photo, lesion) } : photo;
      return { image, request: requestFor(overrides, patientContext.valuesOf(photoId)) };
    },
    runOf({ photoId, packageId, lesion }) {
      const photo = photoOf(photoId);
      if (!lesion) return photo?.runs[packageId];
      return photo?.lesionRuns.find((run) => run.packageId === packageId && sameSquare(run.square, lesion))
        ?.run;
    },
    setRun({ photoId, packageId, lesion }, run) {
      const before = answerOf(photoOf(photoId)?.runs[packageId]);
      change(photoId, (photo) =>
        lesion
          ? { lesionRuns: withLesionRun(photo.lesionRuns, { packageId, square: lesion, run }) }
          : { runs: { ...photo.runs, [packageId]: run } },
      );
      if (lesion === null && run.state === 'done') lesions.renew(photoId, packageId, before);
    },
  });
  const isChosen = (packageId: string) => packageId === store.getState().packageId;
  const lesions = createLesions({ photoOf, change, runs, isChosen });
  const schedule = createSchedule(runs, store.getState, chosen);
  const files = createPhotoFiles(open, () => store.getState().selectedId, onOpened);
  const answerFor = ({ runs }: WorkbenchPhoto) => answerOf(runs[store.getState().packageId ?? '']);

  function onOpened(photoId: string, opened: Result<OpenedPhoto>): void {
    if (!opened.ok) {
      change(photoId, () => ({ unopened: opened.failure }));
      return;
    }
    const { image, from, dicom, identity } = opened.value;
    if (dicom) patientContext.readFromFile(photoId, dicom);
    // A photo of an earlier session was opened then: what its file said is in its record.
    change(photoId, (photo) => ({
      url: URL.createObjectURL(image),
      source: from === 'photo' ? photo.source : from,
      dicom: dicom ?? photo.dicom,
      origin: withIdentity(photo.origin, identity),
      scale: photo.scale ?? dicom?.scale ?? null,
    }));
    schedule();
  }

  function enqueue(added: readonly PhotoWithFile[], selectedId: string | null): void {
    store.setState((state) => ({
      photos: [...state.photos, ...added.map(({ photo }) => photo)],
      selectedId: selectedId ?? state.selectedId,
    }));
    files.add(added.map(({ photo, file }) => ({ photoId: photo.id, file })));
  }

  /** Ends all runs, and marks the photos that have none yet as cancelled, so that none begins. */
  function cancelAll(): void {
    const cancelled: Run = { state: 'failed', failure: failure('cancelled').failure };
    const missing = Object.fromEntries(chosen().map((id) => [id, cancelled]));
    store.setState(({ photos }) => ({
      photos: photos.map((photo) =>
        photo.unopened ? photo : { ...photo, runs: { ...missing, ...photo.runs } },
      ),
    }));
    runs.cancelAll();
  }

  function forget(photo: WorkbenchPhoto): void {
    const { id, url } = photo;
    runs.drop(({ photoId }) => photoId === id);
    if (url !== null) URL.revokeObjectURL(url);
    files.forget(id);
    lesions.forget(id);
  }

  function choosePackage(packageId: string): void {
    const kindOf = (id: string) => services.runtime.card(id)?.domain;
    store.setState(({ compareWithIds, packageId: before, previousPackageId }) => ({
      packageId,
      previousPackageId: before === packageId ? previousPackageId : before,
      compareWithIds: compareWithIds.filter((id) => id !== packageId && kindOf(id) === kindOf(packageId)),
    }));
    schedule();
  }

  /** Chooses the default model where nothing is chosen yet, or the chosen one has left the list. */
  function chooseDefault(state: RuntimeState): void {
    const wanted = chosenOrDefault(state, store.getState().packageId);
    if (wanted !== null && wanted !== store.getState().packageId) choosePackage(wanted);
  }
  /**
   * Answers by a calibration of this site that is kept no more, or by none where there is one now, are
   * renewed.
   */
  services.runtime.siteCalibrations.store.subscribe((kept, before) => {
    const changed = (packageId: string) => kept[packageId] !== before[packageId];
    for (const photo of store.getState().photos) {
      const renewed = Object.keys(photo.runs).filter(changed);
      if (renewed.length === 0) continue;
      lesions.outdate(photo.id, renewed);
      void runs.start({ photoId: photo.id, lesion: null }, renewed);
    }
  });

  chooseDefault(services.runtime.store.getState());
  services.runtime.store.subscribe(chooseDefault);

  return {
    store,
    add(added) {
      const photos = added.map((source) => ({
        photo: newWorkbenchPhoto(crypto.randomUUID(), source),
        file: source.file,
      }));
      for (const { photo } of photos) patientContext.readFromName(photo.id, photo.origin.site);
      enqueue(photos, photos[0]?.photo.id ?? null);
      return photos.map(({ photo }) => photo.id);
    },
    restore(kept, selectedId) {
      const restored = kept.map(restoredPhoto);
      for (const { photo } of restored) lesions.restored(photo);
      enqueue(restored, selectedId);
    },
    select(selectedId) {
      store.setState({ selectedId });
      schedule();
    },
    choosePackage,
    compareWith(compareWithIds) {
      store.setState({ compareWithIds });
      schedule();
    },
    setSensitivity(sensitivity) {
      store.setState({ sensitivity });
    },
    override(photoId, overrides) {
      const only = (name: keyof AnalysisOverrides) => Object.keys(overrides).every((key) => key === name);
      const packageIds = Object.keys(photoOf(photoId)?.runs ?? {});
      if (overrides.mask) change(photoId, (photo) => besideOthers(photo, answerFor(photo)));
      if (only('square')) {
        const square = overrides.square ?? null;
        change(photoId, (photo) => ({
          lesionRuns: withOwnAnswers(photo),
          ...turnedTo(photo, square, answerFor(photo)),
        }));
      } else lesions.outdate(photoId, packageIds, only('mask') ? photoOf(photoId)?.square : null);
      change(photoId, () => overrides);
      void runs.start({ photoId, lesion: null }, packageIds);
    },
    setSquares(photoId, squares) {
      change(photoId, () => ({ squares }));
      const { packageId } = store.getState();
      if (packageId !== null && answerOf(photoOf(photoId)?.runs[packageId]))
        lesions.ask(photoId, packageId, maxLesions, [undefined]);
    },
    setLines(photoId, lines) {
      if (photoOf(photoId)?.lines !== lines) change(photoId, () => ({ lines }));
    },
    setSaved(photoIds, saved) {
      for (const photoId of photoIds) change(photoId, () => ({ saved }));
    },
    answerLesions: (photoId, packageId) =>
      lesions.ask(photoId, packageId, Number.POSITIVE_INFINITY, [undefined, 'failed']),
    analyse(photoId, packageId, options = {}) {
      // Test-time augmentation adds to the same answer; without it something has changed, such as the
      // metadata.
      if (!options.testTimeAugmentation) lesions.outdate(photoId, [packageId]);
      return runs.start({ photoId, lesion: null }, [packageId], options);
    },
    ask: (photoId, packageIds) => runs.start({ photoId, lesion: null }, packageIds, { background: true }),
    cancel: (photoId, packageId) => runs.cancel({ photoId, lesion: null, packageId }),
    cancelAll,
    imageOf: files.imageOf,
    fileOf: files.fileOf,
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
