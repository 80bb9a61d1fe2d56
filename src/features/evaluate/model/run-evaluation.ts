import type { ImageAnswer } from '../../../core/evaluation/answer';
import type { Failure } from '../../../core/failure';
import type { MaskReader } from '../../../engine/input/mask-reader';
import type { OpenPhoto } from '../../../engine/input/opener';
import { storageFailure } from '../../../records/storage-failure';
import { loadPackage } from '../../../runtime/load-package';
import type { AnalysisServices } from '../../../runtime/run-analysis';
import type { EvaluationArchive } from './archive';
import type { Folder } from './folder';
import { predictImage } from './predict-image';
import { type EvaluationRun, packagesOf } from './run';
import type { ReadSkin } from './skin-pixels';

interface EvaluationJob extends AnalysisServices {
  open: OpenPhoto;
  masks: MaskReader;
  readSkin: ReadSkin | null;
  archive: EvaluationArchive;
  folder: Folder;
  run: EvaluationRun;
  /** By path; what is here is not asked again, and what is asked comes here. */
  answers: Map<string, ImageAnswer>;
  /** Gives up the image that is being asked about. */
  signal: AbortSignal;
  /** Asked before each image. */
  goesOn: () => boolean;
  onAnswer: (run: EvaluationRun, answer: ImageAnswer) => void;
}

/**
 * Loads the packages of a run, then asks about each image of a run that has no answer yet, one file at a time, and writes each answer down as
 * it comes. `stopped` is what would befall every further image too; null where it came to the end or was told
 * to stop. `removed`: another tab has deleted the run, and nothing more is kept of it.
 */
export async function runEvaluation({
  engine,
  runtime,
  open,
  masks,
  readSkin,
  archive,
  folder,
  run: first,
  answers,
  signal,
  goesOn,
  onAnswer,
}: EvaluationJob): Promise<{ run: EvaluationRun; stopped: Failure | null; removed?: boolean }> {
  for (const id of packagesOf(first)) {
    const stopped = await loadPackage(runtime, id, { signal });
    if (stopped) return { run: first, stopped };
  }
  // Some model wants the outline beside the photo.
  const fusion = first.models.some(({ packageId }) => runtime.card(packageId)?.task === 'fusion');
  const options = {
    packageIds: first.models.map(({ packageId }) => packageId),
    segment: fusion || first.outlines || first.skinTone === true,
    outlines: first.outlines,
    segmenterId: first.segmenterId ?? null,
  };
  let run = first;
  for (const image of first.images) {
    if (answers.has(image.path)) continue;
    if (signal.aborted || !goesOn()) break;
    const { answer, provenance, trouble } = await predictImage(
      { engine, runtime, open, masks, readSkin, folder },
      image,
      options,
      signal,
    );
    if (signal.aborted) break;
    if (trouble) return { run, stopped: trouble };
    const known = run.provenance;
    const next = { ...run, provenance: { ...known, ...provenance }, done: answers.size + 1 };
    try {
      if (!(await archive.putAnswer(run.id, answer))) return { run, stopped: null, removed: true };
      // The run itself names every image, and is written only when there is news in it.
      if (Object.entries(provenance).some(([id, { backend }]) => known[id]?.backend !== backend))
        await archive.changeRun(next);
    } catch (error) {
      // What is not kept is asked again: after a reload it would be missing.
      return { run, stopped: storageFailure(error).failure };
    }
    answers.set(image.path, answer);
    run = next;
    onAnswer(run, answer);
  }
  return { run, stopped: null };
}
