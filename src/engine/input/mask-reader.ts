import { type Remote, wrap } from 'comlink';
import { failure, type Result } from '../../core/failure';
import type { Overlap } from '../../core/metrics/overlap';
import type { Raster } from '../../core/raster';
import { messageOf } from '../engine-error';
import { PriorityMutex } from '../priority-mutex';
import { overlapWithMask, readMaskShape } from './mask-picture';
import type { OpenWorker } from './open-worker';

/** What is asked of pictures of masks; their pixels, 100 million at most, never cross to the page. */
export interface MaskReader {
  /** `overlapWithMask` */
  overlap(file: Blob, answer: Raster | null): Promise<Result<Overlap>>;
  /** `readMaskShape` */
  shape(file: Blob): Promise<Result<Raster>>;
}

/** On this thread, for where there are no workers. */
export const masksHere: MaskReader = { overlap: overlapWithMask, shape: readMaskShape };

/**
 * Masks off the main thread, one picture at a time. A worker that dies costs the picture that it had
 * ("worker-died"); the next one starts another.
 */
export function createMaskReader(
  createWorker = () =>
    new Worker(new URL('./open-worker.ts', import.meta.url), { type: 'module', name: 'lentigo-masks' }),
): MaskReader {
  let live: { remote: Remote<OpenWorker>; died: Promise<Result<never>> } | null = null;
  const turns = new PriorityMutex();
  function start() {
    const worker = createWorker();
    const died = new Promise<Result<never>>((resolve) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        worker.terminate();
        live = null;
        resolve(failure('worker-died', { reason: event.message || 'its script does not run' }));
      });
    });
    return { remote: wrap<OpenWorker>(worker), died };
  }
  function ask<T>(question: (remote: Remote<OpenWorker>) => Promise<Result<T>>): Promise<Result<T>> {
    return turns.run(() => {
      live ??= start();
      const answered = question(live.remote).catch((error: unknown) =>
        failure('internal', { reason: messageOf(error) }),
      );
      return Promise.race([answered, live.died]);
    });
  }
  return {
    overlap: (file, answer) => ask((remote) => remote.overlapWithMask(file, answer)),
    shape: (file) => ask((remote) => remote.readMaskShape(file)),
  };
}
