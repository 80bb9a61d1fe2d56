import { proxy, type Remote, wrap } from 'comlink';
import type { BackendName } from '../core/analysis';
import { failure, type Result } from '../core/failure';
import {
  type CallOptions,
  type Engine,
  eachMethod,
  engineMethods,
  type MethodName,
  type Progress,
} from './engine';
import { messageOf } from './engine-error';
import { listenForHeartbeat } from './heartbeat';
import type { CallId, RemoteEngine } from './remote';

export interface EngineOptions {
  /** The folder of index.json, with a slash at its end; `models/` beside the page when absent. */
  models?: string;
  /**
   * True for an engine in which a package is tried: it finds what the browser stores, and what it stores itself
   * is gone with its worker.
   */
  trial?: boolean;
  /** Makes the worker; tests put their own in. */
  createWorker?: () => Worker;
  /** Milliseconds that a worker may stay silent while it has work, before it counts as dead. */
  timeoutMs?: number;
}

const defaultTimeoutMs = 120_000;

/** A live worker, its engine, and the promise that tells of its death. */
interface Connection {
  worker: Worker;
  remote: Remote<RemoteEngine>;
  died: Promise<{ ok: false; failure: ReturnType<typeof failure>['failure'] }>;
  die(reason: string): void;
}

/**
 * The engine, in a worker that starts with the first call. Where the worker dies, its calls are answered with
 * `worker-died`, and the next call starts another one with the same pinned back end.
 */
export function createEngine(options: EngineOptions = {}): Engine {
  const createWorker =
    options.createWorker ??
    (() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'lentigo-engine' }));
  const listeners = new Map<CallId, (progress: Progress) => void>();
  let connection: Connection | null = null;
  let pinned: BackendName | null = null;
  let lastCall = 0;

  function connect(): Connection {
    const worker = createWorker();
    const remote = wrap<RemoteEngine>(worker);
    let die = (_reason: string) => {};
    const died = new Promise<Awaited<Connection['died']>>((resolve) => {
      die = (reason) => {
        worker.terminate();
        if (connection?.worker === worker) connection = null;
        resolve(failure('worker-died', { reason }));
      };
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      die(event.message || 'its script does not run');
    });
    const models = options.models ?? new URL('models/', document.baseURI).href;
    const onProgress = (call: CallId, progress: Progress) => listeners.get(call)?.(progress);
    // Answered before any later call, because messages keep their order.
    Promise.resolve(remote.open({ models, pinned, trial: options.trial }, proxy(onProgress))).catch(() => {});
    return { worker, remote, died, die };
  }

  async function call(
    name: MethodName,
    given: unknown[],
    { signal, onProgress }: CallOptions = {},
  ): Promise<Result<unknown>> {
    if (signal?.aborted) return failure('cancelled');
    lastCall += 1;
    const id = lastCall;
    let live: Connection;
    try {
      connection ??= connect();
      live = connection;
    } catch (error) {
      return failure('worker-died', { reason: messageOf(error) });
    }
    const cancel = () => void live.remote.cancel(id);
    signal?.addEventListener('abort', cancel, { once: true });
    if (onProgress) listeners.set(id, onProgress);
    const { timeoutMs = defaultTimeoutMs } = options;
    const stopHeartbeat = listenForHeartbeat(
      () => live.remote.ping(),
      timeoutMs,
      () => live.die(`it has not answered for ${timeoutMs / 1000} seconds`),
    );
    try {
      const send = live.remote[name] as (id: CallId, ...given: unknown[]) => Promise<Result<unknown>>;
      return await Promise.race([send(id, ...given), live.died]);
    } catch (error) {
      return failure('internal', { reason: messageOf(error) });
    } finally {
      stopHeartbeat();
      listeners.delete(id);
      signal?.removeEventListener('abort', cancel);
    }
  }

  const methods = eachMethod((name) => (...given: unknown[]) => {
    const { arguments: count } = engineMethods[name];
    return call(name, given.slice(0, count), given[count] as CallOptions | undefined);
  });
  return {
    ...methods,
    pinBackend(name, callOptions) {
      pinned = name;
      return methods.pinBackend(name, callOptions);
    },
    close: () => connection?.die('it was closed'),
  };
}
