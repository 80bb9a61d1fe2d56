import { type Remote, wrap } from 'comlink';
import { failure, type Result } from '../../core/failure';
import type { Raster } from '../../core/raster';
import { messageOf } from '../engine-error';
import { PriorityMutex } from '../priority-mutex';
import type { OpenWorker } from './open-worker';

export type ReadMask = (file: Blob) => Promise<Result<Raster>>;

/**
 * `readMaskPicture` off the main thread, one picture at a time. A worker that dies costs the picture that it
 * had ("worker-died"); the next one starts another.
 */
export function createMaskReader(
  createWorker = () =>
    new Worker(new URL('./open-worker.ts', import.meta.url), { type: 'module', name: 'lentigo-masks' }),
): ReadMask {
  let live: { remote: Remote<OpenWorker>; died: Promise<Result<Raster>> } | null = null;
  const turns = new PriorityMutex();
  function start() {
    const worker = createWorker();
    const died = new Promise<Result<Raster>>((resolve) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        worker.terminate();
        live = null;
        resolve(failure('worker-died', { reason: event.message || 'its script does not run' }));
      });
    });
    return { remote: wrap<OpenWorker>(worker), died };
  }
  return (file) =>
    turns.run(() => {
      live ??= start();
      const read = live.remote
        .readMaskPicture(file)
        .catch((error: unknown) => failure('internal', { reason: messageOf(error) }));
      return Promise.race([read, live.died]);
    });
}
