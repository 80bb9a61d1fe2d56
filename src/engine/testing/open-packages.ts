import { Backends } from '../backend/backends';
import type { Progress } from '../engine';
import { toResult } from '../engine-error';
import { Catalogue } from '../package/catalogue';
import { Packages } from '../package/packages';
import type { FakeServer } from './fake-server';
import { startCpu } from './golden-package';

/**
 * The loading of packages alone, on tfjs's CPU back end, in a browser without WebGPU. `budget` in bytes of
 * weights.
 */
export function openPackages(server: FakeServer, budget?: number) {
  const backends: Backends = new Backends(
    { webgpu: () => Promise.reject(new Error('none')), wasm: () => startCpu('wasm') },
    async () => ({ kind: 'no-webgpu' }),
    () => packages.releaseAll(),
  );
  const packages = new Packages(new Catalogue(server.source, server.models), backends, budget);
  const progress: Progress[] = [];
  const load = (signal = new AbortController().signal, id = 'tiny-classifier') =>
    toResult(() => packages.load(id, signal, (step) => progress.push(step)));
  return { load, packages, progress };
}

export type Loaded = Awaited<ReturnType<ReturnType<typeof openPackages>['load']>>;

export const codeOf = (result: Loaded) => (result.ok ? 'ok' : result.failure.code);
