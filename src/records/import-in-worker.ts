import { proxy, wrap } from 'comlink';
import { failure, type Result } from '../core/failure';
import { workerDeath } from '../engine/lasting-worker';
import type { Importer } from './importer';

/** An import in a worker of its own. */
export interface WorkerImport extends Importer {
  /** Gives it up at once, whatever it is at; what is under way fails with "cancelled", nothing is written. */
  end(): void;
}

export function importInWorker(
  createWorker = () =>
    new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module', name: 'lentigo-import' }),
): WorkerImport {
  const worker = createWorker();
  const remote = wrap<Importer>(worker);
  let end = () => {};
  const cancelled = new Promise<Result<never>>((resolve) => {
    end = () => {
      worker.terminate();
      resolve(failure('cancelled'));
    };
  });
  const ended = Promise.race([cancelled, workerDeath(worker)]);
  const unlessEnded = <T>(answer: Promise<Result<T>>) =>
    Promise.race([answer.catch((error) => failure('internal', { reason: String(error) })), ended]);
  return {
    read: (file, onProgress) => unlessEnded(remote.read(file, proxy(onProgress))),
    write: (replaceConflicting) => unlessEnded(remote.write(replaceConflicting)),
    end,
  };
}
