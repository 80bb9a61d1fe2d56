import { wrap } from 'comlink';
import { failure, type Result, success } from '../../core/failure';
import { messageOf } from '../engine-error';
import type { OpenedPhoto } from './open';
import type { OpenWorker } from './open-worker';
import { sniffLength, sniffType } from './sniff';

export type OpenPhoto = (file: Blob) => Promise<Result<OpenedPhoto>>;

/**
 * `openPhoto` off the main thread. Files that the browser opens itself pass at once; the first DICOM or HEIC file starts a worker. A
 * worker that dies costs the file that it had ("worker-died"), and the next file starts another.
 */
export function createOpener(
  createWorker = () =>
    new Worker(new URL('./open-worker.ts', import.meta.url), { type: 'module', name: 'lentigo-open' }),
): OpenPhoto {
  let worker: Worker | null = null;
  return async (file) => {
    const head = await file
      .slice(0, sniffLength)
      .arrayBuffer()
      .catch(() => null);
    if (!head) return failure('file-unreadable');
    if (!['DICOM', 'HEIC'].includes(sniffType(new Uint8Array(head)))) {
      return success({ image: file, from: 'photo', dicom: null });
    }
    worker ??= createWorker();
    const mine = worker;
    const died = new Promise<Result<OpenedPhoto>>((resolve) => {
      mine.addEventListener('error', (event) => {
        event.preventDefault();
        mine.terminate();
        if (worker === mine) worker = null;
        resolve(failure('worker-died', { reason: event.message || 'its script does not run' }));
      });
    });
    const opened = wrap<OpenWorker>(mine)
      .openPhoto(file)
      .catch((error) => failure('internal', { reason: messageOf(error) }));
    return Promise.race([opened, died]);
  };
}
