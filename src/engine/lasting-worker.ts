import { type Remote, wrap } from 'comlink';
import { type FailureCode, failure, type Result } from '../core/failure';
import { afterAwake } from './awake-timer';
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

export interface LastingWorkerOptions {
  /** Milliseconds that an answer may take. */
  limitMs: number;
  /** The code with which a question fails that takes longer. */
  late?: FailureCode;
  /** What it then was not, in the reason: "done". */
  lateWord?: string;
  /** Whether an answer that is a failure costs the worker: a decoder that failed may be in any state. */
  endsWithFailure?: boolean;
}

/**
 * A worker that begins with the first question and answers all others too. One that dies, or takes longer than the
 * limit, fails what it was asked ("worker-died", or as `late` says) and is ended; the next question begins another.
 */
export function createLastingWorker<Service>(
  createWorker: () => Worker,
  { limitMs, late = 'worker-died', lateWord = 'done', endsWithFailure = false }: LastingWorkerOptions,
): LastingWorker<Service> {
  interface Live {
    remote: Remote<Service>;
    ended: Promise<Result<never>>;
    /** Fails all that it was asked. */
    end(reason: Result<never>): void;
  }
  let live: Live | null = null;

  function start(): Live {
    const worker = createWorker();
    let resolve = (_: Result<never>) => {};
    const ended = new Promise<Result<never>>((settle) => {
      resolve = settle;
    });
    const started: Live = {
      remote: wrap<Service>(worker),
      ended,
      end(reason) {
        if (live !== started) return;
        live = null;
        worker.terminate();
        resolve(reason);
      },
    };
    void workerDeath(worker).then(started.end);
    return started;
  }

  return {
    async ask(question) {
      let mine: Live;
      try {
        live ??= start();
        mine = live;
      } catch (error) {
        return failure('internal', { reason: messageOf(error) });
      }
      const stop = afterAwake(limitMs, () =>
        mine.end(failure(late, { reason: `it was not ${lateWord} after ${limitMs / 1000} seconds` })),
      );
      try {
        const answer = await Promise.race([question(mine.remote), mine.ended]);
        if (!answer.ok && endsWithFailure) mine.end(failure('worker-died'));
        return answer;
      } catch (error) {
        const thrown = failure('internal', { reason: messageOf(error) });
        mine.end(thrown);
        return thrown;
      } finally {
        stop();
      }
    },
    tell: (message) => void (live && message(live.remote)),
  };
}
