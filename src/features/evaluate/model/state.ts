import type { StoreApi } from 'zustand/vanilla';
import type { Card } from '../../../core/card/card';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import type { EvaluationMeasured } from '../../../core/evaluation/measured';
import type { Plan } from '../../../core/evaluation/plan';
import type { Failure, Result } from '../../../core/failure';
import type { Raster } from '../../../core/raster';
import type { Disclaimer } from '../../../report/words';
import type { Unreadable } from '../../../runtime/read-one-by-one';
import type { Draft } from './draft';
import type { Folder } from './folder';
import type { KeptParts } from './parts';
import type { EvaluationRun } from './run';
import type { AnswersSummary } from './summary';

export interface EvaluationState extends AnswersSummary {
  draft: Draft;
  /** A table of labels is being read. */
  readingTable: boolean;
  /** What the draft would ask; null while it is made, and without a folder and labels. */
  planned: Plan | null;
  /** Of the plan, what share is made, 0 to 1; null where none is under way. */
  planningShare: number | null;
  /** How many images and true outlines the draft's folder holds; null until they are counted. */
  holds: { images: number; masks: number } | null;
  /** The run on show; null while one is set up. */
  run: EvaluationRun | null;
  activity: 'idle' | 'running' | 'pausing' | 'measuring';
  /** Of the figures, what share is computed, 0 to 1; null while none are. */
  measuredShare: number | null;
  /** Images answered without a failure a minute, over the last ones; null until it is known. */
  perMinute: number | null;
  /** The folder is not at hand: to go on, or to look at images, it must be given again. */
  folderMissing: boolean;
  /** What stopped the run though it was not asked to, or why a folder will not do. */
  trouble: Failure | null;
  /** Of the run on show, as far as it got. */
  measured: EvaluationMeasured | null;
  answers: ReadonlyMap<string, ImageAnswer>;
  /** What another tab does with the run on show, or did: it is answering it, or has removed it. */
  elsewhere: 'answering' | 'removed' | null;
  /** What the browser's storage refused at the last step; null where it did what was asked. */
  notKept: Failure | null;
  /** All runs that are kept here, the newest first. */
  earlier: readonly EvaluationRun[];
  /** Runs that are kept here and cannot be read. */
  unreadable: readonly Unreadable[];
  /** Answers of the run on show that cannot be read: their images are asked about again. */
  unreadableAnswers: number;
}

/** Why a file of a part was not taken in. */
export type PartRefused = { reason: 'here' } | { reason: 'unreadable'; problem: string };

/** An image as the screen shows it. */
export interface ShownImage {
  /** A picture that browsers show, whatever the file was. */
  picture: Blob;
  /** The true outline, 1 inside; null where the folder has none, or none that can be read. */
  outline: Raster | null;
}

/**
 * Models judged on the user's own folder. It goes on behind other screens, and after a reload from where it
 * was.
 */
export interface Evaluation {
  store: StoreApi<EvaluationState>;
  /** Reads what is kept; once is enough. */
  refresh(): Promise<void>;
  /** Changes the draft. */
  draft(change: Partial<Draft>): void;
  chooseFolder(folder: Folder): Promise<void>;
  chooseTable(file: File): Promise<void>;
  /** Gives up the table that is being read; the draft says so. */
  cancelReading(): void;
  /** Starts what the draft says. Where another tab took the part meanwhile, nothing starts. */
  start(cards: readonly Card[]): Promise<void>;
  /** After the image that is being asked about. */
  pause(): void;
  /** Goes on; opens the folder again where the browser can. Call it from a press of the user's. */
  resume(): Promise<void>;
  /** Gives the folder of the run on show again. */
  giveFolder(folder: Folder): Promise<void>;
  /** Ends the run for good; what was answered stays. */
  cancel(): Promise<void>;
  /** Asks once more about the images that failed. */
  retryFailed(): Promise<void>;
  show(runId: string): Promise<void>;
  /** Back to setting up; a run that is under way goes on. */
  leave(): void;
  /** Takes a run and its answers off this browser. */
  remove(runId: string): Promise<void>;
  /** Makes one run of finished parts, in their place, and shows it. */
  join(parts: KeptParts): Promise<void>;
  /** The part on show as a file, to be joined in another browser. */
  partFile(disclaimer: Disclaimer): Promise<Blob>;
  /** Takes in a part that another browser saved; says why not where it does not. */
  takeInPart(file: Blob): Promise<PartRefused | null>;
  /** An image of the run on show, for the eye; null where the folder is not at hand or has it no more. */
  image(path: string): Promise<Result<ShownImage> | null>;
}
