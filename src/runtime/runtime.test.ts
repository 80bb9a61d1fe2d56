import { expect, test } from 'vitest';
import { knownHash } from '../core/card/known-hash';
import { success } from '../core/failure';
import { exampleCard } from '../core/fixtures/analysis';
import type { BackendStatus } from '../engine/engine';
import { packageHash } from '../engine/package/hash';
import { exampleBackend, exampleLoaded, fakeEngine } from '../engine/testing/fake-engine';
import { createRuntime } from './runtime';

const [wasm, webgpu] = (['wasm', 'webgpu'] as const).map(
  (name): BackendStatus => ({ ...exampleBackend, name }),
) as [BackendStatus, BackendStatus];

test('a back end chosen while the page still looks for one is what the page says it computes on', async () => {
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

test('a model that was loading before the choice does not say what the page computes on', async () => {
  let loaded = () => {};
  const runtime = createRuntime(
    fakeEngine({
      load: (id) =>
        new Promise((resolve) => {
          loaded = () => resolve(success({ ...exampleLoaded({ id }), backend: wasm }));
        }),
      pinBackend: async () => success(webgpu),
    }),
  );
  const loading = runtime.load('a');
  await Promise.resolve();
  await runtime.pin('webgpu');
  loaded();
  await loading;
  expect(runtime.store.getState().backend).toMatchObject({ value: { name: 'webgpu' } });
});

test('the hash of every package is known with its card, to tell answers by other files', async () => {
  const card = { ...exampleCard };
  const runtime = createRuntime(
    fakeEngine({ packages: async () => success([card]), added: async () => success([]) }),
  );
  await runtime.refreshPackages();
  expect(knownHash(card)).toBe(await packageHash(card));
});
