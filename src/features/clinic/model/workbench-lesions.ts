import type { Square } from '../../../core/geometry';
import type { Engine } from '../../../engine/engine';
import { answerOf } from '../../../runtime/run';
import type { Runtime } from '../../../runtime/runtime';
import { outlineAt } from './workbench-outlines';
import { lesionKey, lesionRunOf, lesionSquares, squareKey, type WorkbenchPhoto } from './workbench-photo';
import { createRuns, type MetadataFor, type RunTarget } from './workbench-runs';

/** Answers for the single lesions of a photo, behind everything else: for a look at all of them side by side. */
export interface LesionRuns {
  /** Asks a package about every lesion of a photo that it has not answered for. */
  start(photoId: string, packageId: string): void;
  cancelAll(): void;
  /** Ends what runs of a photo; nobody hears of it. */
  drop(photo: WorkbenchPhoto): void;
}

/** `target.setRun` is told of runs under their `lesionKey`. */
export function createLesionRuns(
  engine: Engine,
  runtime: Runtime,
  target: RunTarget,
  metadataFor: MetadataFor,
): LesionRuns {
  const photoIdOf = (id: string) => id.split('/')[0] ?? '';
  const squareOf = (id: string): Square => {
    const [left = 0, top = 0, side = 1] = (id.split('/')[1] ?? '').split(',').map(Number);
    return { left, top, side };
  };
  // To the runs each lesion is a photo of its own: the same picture, looked at in another square.
  const runs = createRuns(
    engine,
    runtime,
    {
      photoOf: (id) => {
        const photo = target.photoOf(photoIdOf(id));
        const square = squareOf(id);
        return photo && { ...photo, square, mask: outlineAt(photo, square), runs: {} };
      },
      imageOf: (id) => target.imageOf(photoIdOf(id)),
      setRun: (id, packageId, run) => target.setRun(photoIdOf(id), lesionKey(packageId, squareOf(id)), run),
    },
    (id, packageId) => metadataFor(photoIdOf(id), packageId),
  );
  return {
    start(photoId, packageId) {
      const photo = target.photoOf(photoId);
      if (!photo) return;
      for (const { square } of lesionSquares(photo, answerOf(photo.runs[packageId]))) {
        const state = lesionRunOf(photo, packageId, square)?.state;
        if (state === 'done' || state === 'running') continue;
        void runs.start(`${photoId}/${squareKey(square)}`, [packageId], { background: true });
      }
    },
    cancelAll: runs.cancelAll,
    drop({ id, lesionRuns }) {
      for (const key of Object.keys(lesionRuns)) runs.drop(`${id}/${key.split(' ')[1]}`);
    },
  };
}
