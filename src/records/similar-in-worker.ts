import { type Remote, wrap } from 'comlink';
import { failure, type Result } from '../core/failure';
import type { RemoteSimilar } from './remote-similar';
import type { SimilarCases, SimilarCasesFound } from './similar-cases';
import type { Cases } from './store';

interface Running {
  remote: Remote<RemoteSimilar>;
  /** Resolves where the worker dies. */
  died: Promise<Result<never>>;
}

/**
 * Finds similar cases in a worker, which begins with the first question. One that dies fails what it was asked
 * with "worker-died", and the next question begins another.
 */
export function createSimilarInWorker(
  cases: Pick<Cases, 'onWritten'>,
  createWorker = () =>
    new Worker(new URL('./similar-worker.ts', import.meta.url), { type: 'module', name: 'lentigo-similar' }),
): SimilarCases {
  let running: Running | null = null;
  cases.onWritten(() => void running?.remote.changed());

  function start(): Running {
    const worker = createWorker();
    const died = new Promise<Result<never>>((resolve) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        worker.terminate();
        running = null;
        resolve(failure('worker-died', { reason: event.message || 'its script does not run' }));
      });
    });
    return { remote: wrap<RemoteSimilar>(worker), died };
  }

  return {
    async find({ embedding, provenance }, image): Promise<Result<SimilarCasesFound>> {
      try {
        running ??= start();
        return await Promise.race([running.remote.find({ embedding, provenance }, image), running.died]);
      } catch (error) {
        return failure('internal', { reason: String(error) });
      }
    },
  };
}
