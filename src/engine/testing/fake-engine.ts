import { success } from '../../core/failure';
import type { Engine } from '../engine';

const unused = () => Promise.reject(new Error('not in this test'));

/** An engine for tests of what stands on it: it does what is given, has no added packages, and nothing else is expected of it. */
export function fakeEngine(given: Partial<Engine>): Engine {
  return {
    backend: unused,
    pinBackend: unused,
    packages: unused,
    load: unused,
    kept: unused,
    keep: unused,
    discard: unused,
    analyse: unused,
    analyseAll: unused,
    findLesions: unused,
    release: unused,
    added: async () => success([]),
    addPackage: unused,
    removePackage: unused,
    selfTest: unused,
    benchmark: unused,
    vitals: unused,
    close: () => {},
    ...given,
  };
}
