import { createLastingWorker } from '../engine/lasting-worker';
import type { Cases } from './cases';
import type { RemoteSimilar } from './remote-similar';
import type { SimilarCases } from './similar-cases';

/**
 * Finds similar cases in a worker, which begins with the first question. One that dies, or takes longer than `limitMs`,
 * fails what it was asked with "worker-died", and the next question begins another.
 */
export function createSimilarInWorker(
  cases: Pick<Cases, 'onWritten'>,
  createWorker = () =>
    new Worker(new URL('./similar-worker.ts', import.meta.url), { type: 'module', name: 'lentigo-similar' }),
  limitMs = 120_000,
): SimilarCases {
  const worker = createLastingWorker<RemoteSimilar>(createWorker, { limitMs });
  cases.onWritten(() => worker.tell((remote) => remote.changed()));
  return {
    find: ({ embedding, provenance }, image) =>
      worker.ask((remote) => remote.find({ embedding, provenance }, image)),
  };
}
