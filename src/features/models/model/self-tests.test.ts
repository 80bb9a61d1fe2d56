import { expect, test, vi } from 'vitest';
import { failure, success } from '../../../core/failure';
import type { BackendStatus, Engine, SelfTest } from '../../../engine/engine';
import { fakeEngine } from '../../../engine/testing/fake-engine';
import { createSelfTests } from './self-tests';

const emulated: BackendStatus = {
  name: 'webgpu',
  adapter: 'SwiftShader',
  software: true,
  threads: 1,
  skippedBackends: [],
};
const passed: SelfTest = {
  backend: emulated,
  answer: [0, 0],
  difference: 0,
  tolerance: 1,
  passed: true,
  milliseconds: 1,
};

/** An engine that is stuck in its golden sample until `end` is called or it is closed. */
function stuckEngine() {
  let end = () => {};
  const closed = vi.fn();
  const engine: Engine = fakeEngine({
    pinBackend: async () => success(emulated),
    selfTest: (_, options) =>
      new Promise((resolve) => {
        options?.onProgress?.({ stage: 'self-test', fraction: 0.5 });
        end = () => resolve(success(passed));
        closed.mockImplementation(() => resolve(failure('worker-died')));
      }),
    close: closed,
  });
  return { engine, end: () => end(), closed };
}

test('while a self-test runs it says how far it is and that the GPU is emulated', async () => {
  const { engine, end } = stuckEngine();
  const tests = createSelfTests(() => engine);
  const run = tests.run('tiny', ['webgpu']);
  await vi.waitFor(() =>
    expect(tests.store.getState().runs.tiny?.webgpu).toEqual({
      state: 'running',
      progress: { stage: 'self-test', fraction: 0.5 },
      software: true,
    }),
  );
  end();
  await run;
  expect(tests.store.getState().runs.tiny?.webgpu).toMatchObject({ state: 'done', test: { passed: true } });
});

test('cancelled in the middle of a pass, it ends at once, and the next back end is not begun', async () => {
  const { engine, closed } = stuckEngine();
  const tests = createSelfTests(() => engine);
  const run = tests.run('tiny', ['webgpu', 'wasm']);
  await vi.waitFor(() => expect(tests.store.getState().runs.tiny?.webgpu).toMatchObject({ software: true }));
  tests.cancel();
  await run;
  expect(closed).toHaveBeenCalled();
  expect(tests.store.getState().runs.tiny).toMatchObject({
    webgpu: { state: 'failed', failure: { code: 'cancelled' } },
  });
  expect(tests.store.getState().runs.tiny?.wasm).toBeUndefined();
});
