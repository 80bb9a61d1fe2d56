import { failure, type Result, success } from '../../core/failure';
import { createLastingWorker } from '../lasting-worker';
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
  const worker = createLastingWorker<OpenWorker>(createWorker, {
    limitMs,
    late: 'file-unreadable',
    lateWord: 'open',
    endsWithFailure: true,
  });
  const turns = new PriorityMutex();

  return async (file) => {
    const head = await file
      .slice(0, sniffLength)
      .arrayBuffer()
      .catch(() => null);
    if (!head) return failure('file-unreadable');
    if (!['DICOM', 'HEIC'].includes(sniffType(new Uint8Array(head)))) {
      return success({ image: file, from: 'photo', dicom: null });
    }
    return turns.run(() => worker.ask((remote) => remote.openPhoto(file)));
  };
}
