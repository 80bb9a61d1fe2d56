import { proxy, wrap } from 'comlink';
import { failure, type Result } from '../core/failure';
import { afterAwake } from '../engine/awake-timer';
import { workerDeath } from '../engine/lasting-worker';
import type { Importer } from './importer';

/** An import in a worker of its own. */
export interface WorkerImport extends Importer {
  /** Gives it up at once, whatever it is at; what is under way fails with "cancelled", nothing is written. */
  end(): void;
}

/** Reading that makes no progress for `limitMs` fails with "archive-unreadable", and the worker is ended. */
export function importInWorker(
  createWorker = () =>
    new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module', name: 'lentigo-import' }),
  limitMs = 120_000,
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
  const read: Importer['read'] = (file, onProgress) => {
    let stop = () => {};
    let wait = () => {};
    const late = new Promise<Result<never>>((resolve) => {
      wait = () => {
        stop();
        stop = afterAwake(limitMs, () => {
          worker.terminate();
          resolve(failure('archive-unreadable', { reason: `no progress in ${limitMs / 1000} seconds` }));
        });
      };
      wait();
    });
    const progress = (fraction: number) => {
      wait();
      onProgress(fraction);
    };
    const answer = unlessEnded(remote.read(file, proxy(progress)));
    return Promise.race([answer, late]).finally(() => stop());
  };
  const unlessEnded = <T>(answer: Promise<Result<T>>) =>
    Promise.race([answer.catch((error) => failure('internal', { reason: String(error) })), ended]);
  return {
    read,
    write: (replaceConflicting) => unlessEnded(remote.write(replaceConflicting)),
    end,
  };
}
