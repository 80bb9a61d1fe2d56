import { expect, test } from 'vitest';
import { success } from '../core/failure';
import type { BackendStatus } from '../engine/engine';
import { exampleBackend, fakeEngine } from '../engine/testing/fake-engine';
import { createRuntime } from './runtime';

test('a back end chosen while the page still looks for one is what the page says it computes on', async () => {
  const [wasm, webgpu] = (['wasm', 'webgpu'] as const).map(
    (name): BackendStatus => ({ ...exampleBackend, name }),
  ) as [BackendStatus, BackendStatus];
  let found = (_status: BackendStatus) => {};
  const runtime = createRuntime(
    fakeEngine({
      packages: async () => success([]),
      added: async () => success([]),
      backend: () =>
        new Promise((resolve) => {
          found = (status) => resolve(success(status));
        }),
      pinBackend: async () => success(webgpu),
    }),
  );
  const looking = runtime.refresh();
  await runtime.pin('webgpu');
  found(wasm);
  await looking;
  expect(runtime.store.getState()).toMatchObject({
    pinned: 'webgpu',
    backend: { state: 'ready', value: { name: 'webgpu' } },
  });
});
