import type { StoreApi } from 'zustand/vanilla';
import type { Line, Square } from '../../../core/geometry';
import type { SavedAs } from '../../../core/patient/photo-origin';
import type { OpenPhoto } from '../../../engine/input/opener';
import type { PatientContext } from './patient-context';
import type { AnalysisOverrides, NewWorkbenchPhoto, RestoredFile, WorkbenchPhoto } from './workbench-photo';
import type { AnalysisOptions } from './workbench-runs';

export interface WorkbenchState {
  photos: readonly WorkbenchPhoto[];
  selectedId: string | null;
  /**
   * The package that answers: the default one (`defaultModel`) until another is chosen; null before the list
   * has come.
   */
  packageId: string | null;
  /** The one that was chosen before it: its answers stand until those of the new one are there. */
  previousPackageId: string | null;
  /** Further packages whose answers stand beside it. */
  compareWithIds: readonly string[];
  /** The sensitivity wanted of the decision, 0 to 1; null takes each card's own threshold. */
  sensitivity: number | null;
}

/** The photos that are being looked at now. `session/session.ts` keeps them for a time beyond the page. */
export interface Workbench {
  store: StoreApi<WorkbenchState>;
  /**
   * Puts photos at the end of the queue, selects the first of them and returns their ids. Each is opened and
   * runs through the chosen packages by itself: the selected one first, the others behind everything else
   * that the engine has to do.
   */
  add(photos: readonly NewWorkbenchPhoto[]): string[];
  /**
   * Puts photos of another time at the end of the queue, under the ids that they had, with the answers of then
   * where there are such: what a chosen package has answered is not run again.
   */
  restore(photos: readonly RestoredFile[], selectedId: string | null): void;
  /** Shows a photo; where it still waits in the queue, it comes next. */
  select(photoId: string): void;
  /**
   * The package that answers for every photo; what has no answer of it yet runs. Those for another kind of
   * photo are compared no more.
   */
  choosePackage(packageId: string): void;
  compareWith(packageIds: readonly string[]): void;
  setSensitivity(sensitivity: number | null): void;
  /** Changes how a photo is looked at; its answers run again. */
  override(photoId: string, overrides: Partial<AnalysisOverrides>): void;
  /** Squares for further lesions, which are answered for by themselves. */
  setSquares(photoId: string, squares: readonly Square[]): void;
  /** Keeps the measuring lines of a photo, which change no answer. */
  setLines(photoId: string, lines: readonly Line[]): void;
  /** Notes which case photos were saved to; null: to none that is there still. */
  setSaved(photoIds: readonly string[], saved: SavedAs | null): void;
  /**
   * Runs every lesion of a photo that has no answer yet, or failed, through a package, behind everything else
   * (`lesionRunOf`).
   */
  answerLesions(photoId: string, packageId: string): void;
  /**
   * Runs a photo through a package, loading the package first; a run of the same two that is under way is
   * restarted.
   */
  analyse(photoId: string, packageId: string, options?: AnalysisOptions): Promise<void>;
  /** Runs a photo through further packages, behind everything else; resolves when it has been. */
  ask(photoId: string, packageIds: readonly string[]): Promise<void>;
  /** Ends a run that is under way; it fails with "cancelled". */
  cancel(photoId: string, packageId: string): void;
  cancelAll(): void;
  /** The photo's image as it was opened: a JPEG or PNG for DICOM and HEIC. */
  imageOf(photoId: string): Blob | null;
  /** The file behind a photo: as it was opened, or as it was added where it is not open. */
  fileOf(photoId: string): Blob | null;
  /** Takes a photo off; its neighbour is selected. */
  remove(photoId: string): void;
  /** Takes every photo off, ends what runs and releases the memory. */
  clear(): void;
}

export interface WorkbenchOptions {
  /** Makes a photo of a file. */
  open: OpenPhoto;
  /** What is known of each photo's patient: every analysis takes it along, and a file and its name add to it. */
  patientContext: Pick<PatientContext, 'valuesOf' | 'readFromFile' | 'readFromName'>;
}
