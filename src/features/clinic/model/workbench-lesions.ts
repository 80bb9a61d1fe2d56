import type { Analysis } from '../../../core/analysis';
import { type Square, sameSquare } from '../../../core/geometry';
import { answerOf, type Run } from '../../../runtime/run';
import {
  type LesionRun,
  lesionRunOf,
  lesionSquares,
  maxLesions,
  type WorkbenchPhoto,
  withLesionRun,
} from './workbench-photo';
import type { Runs } from './workbench-runs';

interface Around {
  photoOf: (photoId: string) => WorkbenchPhoto | undefined;
  change: (photoId: string, changes: (photo: WorkbenchPhoto) => Partial<WorkbenchPhoto>) => void;
  runs: Pick<Runs, 'start' | 'drop'>;
  isChosen: (packageId: string) => boolean;
}

/** Answers that hold only until the photo itself is answered again. */
interface Outdated {
  packageId: string;
  /** The lesion that they are about; null for all of the photo. */
  square: Square | null;
}

export type Lesions = ReturnType<typeof createLesions>;

/** Asks about the single lesions of photos with several. */
export function createLesions({ photoOf, change, runs, isChosen }: Around) {
  const outdated = new Map<string, readonly Outdated[]>();

  const start = (photoId: string, packageId: string, lesion: Square) =>
    void runs.start({ photoId, lesion }, [packageId], { background: true });

  /** Of what no longer is a lesion, or is what the photo's own answer is about. */
  function drop(photoId: string, packageId: string, goes: (square: Square) => boolean): void {
    runs.drop(
      (key) =>
        key.photoId === photoId && key.packageId === packageId && key.lesion !== null && goes(key.lesion),
    );
    const stays = (of: string, square: Square) => of !== packageId || !goes(square);
    change(photoId, ({ lesionRuns, lesionsSaid }) => ({
      lesionRuns: lesionRuns.filter((run) => stays(run.packageId, run.square)),
      lesionsSaid: lesionsSaid.filter((said) => stays(said.packageId, said.lesion.square)),
    }));
  }

  return {
    /**
     * Runs the first `limit` lesions of a photo with several, where they are in one of these states, behind
     * everything else.
     */
    ask(photoId: string, packageId: string, limit: number, states: readonly (Run['state'] | undefined)[]) {
      const photo = photoOf(photoId);
      const lesions = photo ? lesionSquares(photo, answerOf(photo.runs[packageId])) : [];
      if (!photo || lesions.length < 2) return;
      for (const { square } of lesions.slice(0, limit))
        if (states.includes(lesionRunOf(photo, packageId, square)?.state)) start(photoId, packageId, square);
    },

    /**
     * What was said of the lesions is to be asked again, for something has changed; with a square, of that one
     * alone. Until the photo's own new answer is there it stands as the photo's own old one does: a re-run that
     * waits, is stopped or fails takes away no flag.
     */
    outdate(photoId: string, packageIds: readonly string[], square: Square | null = null) {
      const added = packageIds.map((packageId) => ({ packageId, square }));
      outdated.set(photoId, [...(outdated.get(photoId) ?? []), ...added]);
    },

    /**
     * The photo has its own new answer, in the place of `before`: what is outdated is asked again, and what the
     * chosen package was never asked is asked. What was said of a square that is no lesion any more goes.
     */
    renew(photoId: string, packageId: string, before: Analysis | null) {
      const marks = outdated.get(photoId) ?? [];
      outdated.set(
        photoId,
        marks.filter((mark) => mark.packageId !== packageId),
      );
      const isOutdated = (square: Square) =>
        marks.some(
          (mark) => mark.packageId === packageId && (!mark.square || sameSquare(mark.square, square)),
        );
      const photo = photoOf(photoId);
      const own = answerOf(photo?.runs[packageId]);
      if (!photo || !own) return;
      const lesions = lesionSquares(photo, own).map(({ square }) => square);
      const others = lesions.filter((square) => !sameSquare(square, own.square));
      const isOther = (square: Square) => others.some((other) => sameSquare(other, square));
      drop(photoId, packageId, (square) => isOutdated(square) && !isOther(square));
      if (before && isOther(before.square))
        change(photoId, ({ lesionRuns }) => ({
          lesionRuns: withAnswerBefore(lesionRuns, packageId, before),
        }));
      const now = photoOf(photoId) ?? photo;
      const said = (square: Square) =>
        now.lesionsSaid.some((it) => it.packageId === packageId && sameSquare(it.lesion.square, square));
      const first = isChosen(packageId) && lesions.length > 1 ? lesions.slice(0, maxLesions) : [];
      for (const square of others) {
        const run = lesionRunOf(now, packageId, square);
        const again = isOutdated(square) && (run !== undefined || said(square));
        if (again || (run === undefined && first.includes(square))) start(photoId, packageId, square);
      }
    },

    /** A photo that comes back with answers for its lesions and none of its own was being renewed when it was left. */
    restored({ id, runs: own, lesionRuns, lesionsSaid }: WorkbenchPhoto) {
      const packageIds = [...lesionRuns, ...lesionsSaid].map(({ packageId }) => packageId);
      this.outdate(
        id,
        [...new Set(packageIds)].filter((packageId) => !answerOf(own[packageId])),
      );
    },

    forget(photoId: string) {
      outdated.delete(photoId);
    },
  };
}

/** The photo's answer before, of another lesion than its own is about now, stands for that one where none does. */
function withAnswerBefore(
  lesionRuns: readonly LesionRun[],
  packageId: string,
  before: Analysis,
): readonly LesionRun[] {
  const { square } = before;
  const run = lesionRuns.find((it) => it.packageId === packageId && sameSquare(it.square, square))?.run;
  if (answerOf(run)) return lesionRuns;
  const stands: Run =
    run && run.state !== 'done' ? { ...run, previous: before } : { state: 'done', analysis: before };
  return withLesionRun(lesionRuns, { packageId, square, run: stands });
}
