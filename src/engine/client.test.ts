import { expose } from 'comlink';
import { afterEach, expect, test, vi } from 'vitest';
import { failure, type Result, success } from '../core/failure';
import { createEngine } from './client';
import {
  type BackendStatus,
  eachMethod,
  engineMethods,
  type LoadedPackage,
  type MethodName,
  type Progress,
} from './engine';
import type { OpenOptions, RemoteEngine, RemoteMethods } from './remote';
import { settled } from './testing/settled';

const status: BackendStatus = {
  name: 'wasm',
  adapter: 'none',
  software: false,
  threads: 1,
  skippedBackends: [],
};

/** A worker's stand-in: the remote engine at the other end of a channel, in this thread. */
class FakeWorker extends EventTarget {
  private readonly channel = new MessageChannel();
  terminated = false;

  constructor(remote: RemoteEngine) {
    super();
    expose(remote, this.channel.port2);
    this.channel.port1.addEventListener('message', (event) => {
      this.dispatchEvent(new MessageEvent('message', { data: event.data }));
    });
    this.channel.port1.start();
  }

  postMessage(message: unknown, transfer: Transferable[]): void {
    this.channel.port1.postMessage(message, transfer);
  }

  terminate(): void {
    this.terminated = true;
    this.channel.port1.close();
  }

  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

/**
 * A remote engine that notes its calls. Its `load` ends only when it is cancelled; every other method answers
 * with `status`.
 */
function createStub() {
  const stub = { opened: null as OpenOptions | null, cancelled: [] as number[], calls: [] as unknown[][] };
  let report = (_call: number, _progress: Progress) => {};
  let endLoad = (_answer: Result<LoadedPackage>) => {};
  const remote: RemoteEngine = {
    ...eachMethod<RemoteMethods>((name) => async (_call: number, ...given: unknown[]) => {
      stub.calls.push([name, ...given]);
      return success(status);
    }),
    load(call) {
      report(call, { stage: 'load', fraction: 0.5 });
      return new Promise((resolve) => {
        endLoad = resolve;
      });
    },
    open(options, onProgress) {
      stub.opened = options;
      report = onProgress;
    },
    cancel(call) {
      stub.cancelled.push(call);
      endLoad(failure('cancelled'));
    },
    ping() {},
  };
  return Object.assign(stub, { remote });
}

function start(timeoutMs?: number) {
  const stubs: ReturnType<typeof createStub>[] = [];
  const workers: FakeWorker[] = [];
  const engine = createEngine({
    models: 'https://lentigo.test/models/',
    timeoutMs,
    createWorker: () => {
      const stub = createStub();
      const worker = new FakeWorker(stub.remote);
      stubs.push(stub);
      workers.push(worker);
      return worker as unknown as Worker;
    },
  });
  return { engine, stubs, workers };
}

afterEach(() => void vi.useRealTimers());

test('the worker starts with the first call, once', async () => {
  const { engine, stubs, workers } = start();
  expect(workers).toHaveLength(0);
  expect(await engine.backend()).toEqual(success(status));
  expect(await engine.packages()).toEqual(success(status));
  expect(workers).toHaveLength(1);
  expect(stubs[0]?.opened).toEqual({ models: 'https://lentigo.test/models/', pinned: null });
});

test('every method reaches the worker with its arguments and without its options', async () => {
  for (const name of Object.keys(engineMethods) as MethodName[]) {
    if (name === 'load') continue;
    const { engine, stubs } = start();
    const given = ['first', 'second'].slice(0, engineMethods[name].arguments);
    const call = engine[name] as (...given: unknown[]) => Promise<unknown>;
    expect(await call(...given, { onProgress: () => {} })).toEqual(success(status));
    expect(stubs[0]?.calls).toEqual([[name, ...given]]);
  }
});

test('progress reaches the caller, and the signal reaches the worker', async () => {
  const { engine, stubs } = start();
  const controller = new AbortController();
  const seen: Progress[] = [];
  const loading = engine.load('a', {
    signal: controller.signal,
    onProgress: (progress) => {
      seen.push(progress);
      controller.abort();
    },
  });
  expect(await loading).toEqual(failure('cancelled'));
  expect(seen).toEqual([{ stage: 'load', fraction: 0.5 }]);
  expect(stubs[0]?.cancelled).toHaveLength(1);
});

test('a call that was given up before it began does not start a worker', async () => {
  const { engine, workers } = start();
  expect(await engine.load('a', { signal: AbortSignal.abort() })).toEqual(failure('cancelled'));
  expect(workers).toHaveLength(0);
});

test('a dead worker answers worker-died; the next call starts another with the same pinned back end', async () => {
  const { engine, stubs, workers } = start();
  await engine.pinBackend('wasm');
  const loading = engine.load('a');
  workers[0]?.die('out of memory');
  expect(await loading).toEqual(failure('worker-died', { reason: 'out of memory' }));
  expect(workers[0]?.terminated).toBe(true);
  expect(await engine.backend()).toEqual(success(status));
  expect(workers).toHaveLength(2);
  expect(stubs[1]?.opened?.pinned).toBe('wasm');
});

test('a worker that was killed without a word counts as dead once it stays silent; one that works on does not', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { engine, workers } = start(200);
  const controller = new AbortController();
  const loading = engine.load('a', { signal: controller.signal });
  // Two and a half times as long as it may stay silent, with a ping every 20 ms.
  for (let beat = 0; beat < 25; beat++) {
    await settled();
    await vi.advanceTimersByTimeAsync(20);
  }
  controller.abort();
  expect(await loading).toEqual(failure('cancelled'));

  const lost = engine.load('a');
  await settled();
  workers[0]?.terminate();
  await vi.advanceTimersByTimeAsync(500);
  expect(await lost).toEqual(failure('worker-died', { reason: 'it has not answered for 0.2 seconds' }));
  expect(await engine.backend()).toEqual(success(status));
  expect(workers).toHaveLength(2);
});
