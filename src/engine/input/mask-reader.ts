import type { Remote } from 'comlink';
import type { Result } from '../../core/failure';
import type { Overlap } from '../../core/metrics/overlap';
import type { Raster } from '../../core/raster';
import { createLastingWorker } from '../lasting-worker';
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
 * ("worker-died"), and so does one that is not done with it within `limitMs` ("file-unreadable"); the next one starts
 * another, also after one that was refused.
 */
export function createMaskReader(
  createWorker = () =>
    new Worker(new URL('./open-worker.ts', import.meta.url), { type: 'module', name: 'lentigo-masks' }),
  limitMs = 60_000,
): MaskReader {
  const worker = createLastingWorker<OpenWorker>(createWorker, {
    limitMs,
    late: 'file-unreadable',
    endsWithFailure: true,
  });
  const turns = new PriorityMutex();
  const ask = <T>(question: (remote: Remote<OpenWorker>) => Promise<Result<T>>) =>
    turns.run(() => worker.ask(question));
  return {
    overlap: (file, answer) => ask((remote) => remote.overlapWithMask(file, answer)),
    shape: (file) => ask((remote) => remote.readMaskShape(file)),
  };
}
