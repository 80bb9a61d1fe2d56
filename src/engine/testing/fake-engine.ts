import { success } from '../../core/failure';
import type { BackendStatus, Engine, LoadedPackage } from '../engine';

const unused = () => Promise.reject(new Error('not in this test'));

export const exampleBackend: BackendStatus = {
  name: 'wasm',
  adapter: 'WASM',
  software: false,
  threads: 1,
  skippedBackends: [],
};

/** What `load` says of a package that was kept and passed its self-test. */
export function exampleLoaded(changes: Partial<LoadedPackage> = {}): LoadedPackage {
  return {
    id: 'nets',
    fromCache: true,
    cached: true,
    milliseconds: 1,
    golden: { difference: 0, tolerance: 1 },
    backend: exampleBackend,
    ...changes,
  };
}

/** An engine for tests of what stands on it: it does what is given, has no added packages, and nothing else is expected of it. */
export function fakeEngine(overrides: Partial<Engine>): Engine {
  return {
    backend: unused,
    pinBackend: unused,
    packages: unused,
    load: unused,
    cached: unused,
    prefetch: unused,
    evict: unused,
    analyse: unused,
    analyseAll: unused,
    findLesions: unused,
    release: unused,
    added: async () => success([]),
    addPackage: unused,
    removePackage: unused,
    selfTest: unused,
    benchmark: unused,
    diagnostics: unused,
    close: () => {},
    ...overrides,
  };
}
