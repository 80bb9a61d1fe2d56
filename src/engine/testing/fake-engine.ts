import { success } from '../../core/failure';
import { type BackendStatus, type Engine, eachMethod, type LoadedPackage } from '../engine';

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

/**
 * An engine for tests: it does what `overrides` say, has no added packages and no problems with packages, and
 * rejects every other call.
 */
export function fakeEngine(overrides: Partial<Engine>): Engine {
  const none = async () => success([]);
  return { ...eachMethod(() => unused), added: none, packageProblems: none, close: () => {}, ...overrides };
}
