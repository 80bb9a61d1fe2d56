import type { Failure } from '../../../../core/failure';
import { storageFailure } from '../../../../records/storage-failure';
import { createTurns } from '../../../../runtime/in-turn';
import type { PatientContext } from '../patient-context';
import type { Triage } from '../triage';
import type { Workbench } from '../workbench-state';
import { answersOf, keptPhotoOf, sameAnswers, sameKept } from './kept-photo';
import type { KeptSession } from './kept-schema';
import type { KeptPhotoFile, SessionArchive } from './session-archive';

/** Bytes of files that a session keeps; what is beyond is not kept, and the page says so. */
export const maxSessionBytes = 2 * 2 ** 30;

/** What of the queue is kept now. */
export interface Keeping {
  /** Photos that are kept. */
  kept: number;
  /** Photos that are not: beyond the limit, or refused by the browser. */
  leftOut: number;
  /** Why the browser refused the last one. */
  problem: Failure | null;
}

export interface SessionWriter {
  /** Writes what has changed. Calls while it writes are answered together by one more round. */
  write(): Promise<void>;
  /** Does `work` while nothing is written: photos of another session are of this one before they are in the queue. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** The record of the session, as it is now. */
  session(): KeptSession;
  /** These are kept already, as they are. */
  take(photos: readonly KeptPhotoFile[]): void;
}

interface Options {
  id: string;
  workbench: Pick<Workbench, 'store' | 'fileOf'>;
  patientContext: Pick<PatientContext, 'store'>;
  triage: Pick<Triage, 'store'>;
  archive: () => Promise<SessionArchive>;
  now: () => Date;
  maxBytes: number;
  onKeeping: (keeping: Keeping) => void;
  /** Before anything is written for the first time. */
  onFirst: () => void;
}

export function createSessionWriter(options: Options): SessionWriter {
  const { id, workbench, patientContext, triage, archive, now, maxBytes, onKeeping, onFirst } = options;
  const written = new Map<string, KeptPhotoFile>();
  /** Photos that could not be kept; they are tried again once another one has gone. */
  const leftOut = new Set<string>();
  let last: KeptSession | null = null;
  let problem: Failure | null = null;
  let writing: Promise<void> | null = null;
  let again = false;
  const { inTurn } = createTurns();

  function session(beingKept: string | null = null): KeptSession {
    const { photos, selectedId, packageId, sensitivity } = workbench.store.getState();
    const { impressionFirst } = patientContext.store.getState();
    const photoIds = photos
      .map((photo) => photo.id)
      .filter((photoId) => written.has(photoId) || photoId === beingKept);
    const looked = { selectedId, packageId, sensitivity, impressionFirst };
    return { schema: 1, id, savedAt: now().toISOString(), photoIds, ...looked };
  }
  /** Whether the record of the session differs from what is written, whatever its time. */
  const differs = (next: KeptSession) =>
    last === null ||
    !sameKept({ ...next, photoIds: 0, savedAt: '' }, { ...last, photoIds: 0, savedAt: '' }) ||
    next.photoIds.join() !== last.photoIds.join();

  async function removeGone(store: SessionArchive, there: ReadonlySet<string>): Promise<void> {
    const gone = [...written.keys()].filter((photoId) => !there.has(photoId));
    const retry = gone.length > 0 || [...leftOut].some((photoId) => !there.has(photoId));
    if (retry) leftOut.clear();
    if (there.size === 0) {
      if (last !== null) await store.remove([id]);
      last = null;
      problem = null;
    } else if (gone.length > 0) await store.removePhotos(gone);
    for (const photoId of gone) written.delete(photoId);
  }

  async function keep(store: SessionArchive, { photo, file, answers }: KeptPhotoFile): Promise<void> {
    const before = written.get(photo.id);
    const sameFile = before?.file === file;
    const answered = before !== undefined && sameAnswers(before.answers, answers);
    if (before && sameFile && answered && sameKept(before.photo, photo)) return;
    const others = [...written.values()].filter((other) => other !== before);
    const bytes = others.reduce((sum, other) => sum + other.file.size, file.size);
    if (bytes > maxBytes) {
      leftOut.add(photo.id);
      return;
    }
    try {
      const next = session(photo.id);
      await store.putPhoto(next, photo, {
        file: sameFile ? null : file,
        answers: answered ? null : answers,
      });
      last = next;
      written.set(photo.id, { photo, file, answers });
    } catch (error) {
      problem = storageFailure(error).failure;
      leftOut.add(photo.id);
    }
  }

  async function round(): Promise<void> {
    const { photos } = workbench.store.getState();
    if (photos.length === 0 && last === null) return;
    if (last === null) onFirst();
    const store = await archive();
    await removeGone(store, new Set(photos.map((photo) => photo.id)));
    for (const { id: photoId } of photos) {
      // As it is now: it may have changed, or have gone, while those before it were written.
      const photo = workbench.store.getState().photos.find((other) => other.id === photoId);
      const file = workbench.fileOf(photoId);
      if (photo && file && !leftOut.has(photoId))
        await keep(store, {
          photo: keptPhotoOf(photo, patientContext.store.getState(), triage.store.getState().marks),
          file,
          answers: answersOf(photo),
        });
    }
    const next = session();
    if (written.size > 0 && next.photoIds.length > 0 && differs(next)) {
      await store.putSession(next);
      last = next;
    }
  }

  async function rounds(): Promise<void> {
    do {
      again = false;
      try {
        await inTurn(round);
      } catch (error) {
        // Nothing can be kept here; the photos on the workbench are as they were.
        problem = storageFailure(error).failure;
        for (const photo of workbench.store.getState().photos)
          if (!written.has(photo.id)) leftOut.add(photo.id);
      }
      onKeeping({ kept: written.size, leftOut: leftOut.size, problem: leftOut.size > 0 ? problem : null });
    } while (again);
    writing = null;
  }

  return {
    inTurn,
    session: () => session(),
    write() {
      again = true;
      writing ??= rounds();
      return writing;
    },
    take(photos) {
      for (const taken of photos) written.set(taken.photo.id, taken);
      last = session();
    },
  };
}
