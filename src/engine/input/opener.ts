import { wrap } from 'comlink';
import { failure, type Result, success } from '../../core/failure';
import { messageOf } from '../engine-error';
import { workerDeath } from '../lasting-worker';
import { PriorityMutex } from '../priority-mutex';
import type { OpenedPhoto } from './open';
import type { OpenWorker } from './open-worker';
import { sniffLength, sniffType } from './sniff';

export type OpenPhoto = (file: Blob) => Promise<Result<OpenedPhoto>>;

/**
 * `openPhoto` off the main thread. Files that the browser opens itself pass at once; the first DICOM or HEIC
 * file starts a worker, which opens one file at a time. A worker that dies costs the file that it had
 * ("worker-died"), and so does one that is not done with it within `limitMs` ("file-unreadable"). The next file
 * starts another worker, also after one that was refused: a decoder that failed may be in any state.
 */
export function createOpener(
  createWorker = () =>
    new Worker(new URL('./open-worker.ts', import.meta.url), { type: 'module', name: 'lentigo-open' }),
  limitMs = 60_000,
): OpenPhoto {
  let live: { worker: Worker; died: Promise<Result<never>> } | null = null;
  const turns = new PriorityMutex();

  function start() {
    const worker = createWorker();
    const started = { worker, died: workerDeath(worker) };
    // It may die between two files.
    void started.died.then(() => {
      if (live === started) live = null;
    });
    return started;
  }

  async function openInWorker(file: Blob): Promise<Result<OpenedPhoto>> {
    live ??= start();
    const mine = live;
    const end = () => {
      if (live !== mine) return;
      mine.worker.terminate();
      live = null;
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<Result<never>>((resolve) => {
      timer = setTimeout(() => {
        end();
        resolve(failure('file-unreadable', { reason: `it was not open after ${limitMs / 1000} seconds` }));
      }, limitMs);
    });
    const opened = wrap<OpenWorker>(mine.worker)
      .openPhoto(file)
      .catch((error) => failure('internal', { reason: messageOf(error) }));
    const result = await Promise.race([opened, mine.died, late]).finally(() => clearTimeout(timer));
    if (!result.ok) end();
    return result;
  }

  return async (file) => {
    const head = await file
      .slice(0, sniffLength)
      .arrayBuffer()
      .catch(() => null);
    if (!head) return failure('file-unreadable');
    if (!['DICOM', 'HEIC'].includes(sniffType(new Uint8Array(head)))) {
      return success({ image: file, from: 'photo', dicom: null });
    }
    return turns.run(() => openInWorker(file));
  };
}
