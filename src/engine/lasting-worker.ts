import { type Remote, wrap } from 'comlink';
import { failure, type Result } from '../core/failure';
import { messageOf } from './engine-error';

/** Resolves with "worker-died" once a worker fails, and ends it: it may be in any state. */
export function workerDeath(worker: Worker): Promise<Result<never>> {
  return new Promise((resolve) => {
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      worker.terminate();
      resolve(failure('worker-died', { reason: event.message || 'its script does not run' }));
    });
  });
}

export interface LastingWorker<Service> {
  /** A question that the worker does not answer in a regular way fails with "internal". */
  ask<T>(question: (remote: Remote<Service>) => Promise<Result<T>>): Promise<Result<T>>;
  /** Tells the worker something, if it runs. */
  tell(message: (remote: Remote<Service>) => unknown): void;
}

/**
 * A worker that begins with the first question and answers all others too. One that dies fails what it was asked with
 * "worker-died", and the next question begins another.
 */
export function createLastingWorker<Service>(createWorker: () => Worker): LastingWorker<Service> {
  let live: { remote: Remote<Service>; died: Promise<Result<never>> } | null = null;
  function start() {
    const worker = createWorker();
    const died = workerDeath(worker).then((death) => {
      live = null;
      return death;
    });
    return { remote: wrap<Service>(worker), died };
  }
  return {
    async ask(question) {
      try {
        live ??= start();
        return await Promise.race([question(live.remote), live.died]);
      } catch (error) {
        return failure('internal', { reason: messageOf(error) });
      }
    },
    tell: (message) => void (live && message(live.remote)),
  };
}
