import type { Failure } from '../../core/failure';
import type { Backends } from '../backend/backends';
import type { Progress } from '../engine';
import { EngineError, throwIfAborted } from '../engine-error';
import type { NetworkInputs } from '../input/inputs';
import type { Uploads } from '../network';
import type { Packages, ReadyPackage } from '../package/packages';
import type { Turn } from '../priority-mutex';

/** One call of the engine while it runs. */
export interface Call {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  /** Of a call that has the engine for itself for a while. */
  turn?: Turn;
}

interface Surroundings {
  packages: Packages;
  backends: Backends;
  /** Of the photo. */
  inputs: NetworkInputs;
  call: Call;
}

/**
 * Loads a package and runs it. Where its device is lost under way, once more on another one, and where that
 * is lost too on the next back end; `lost` says so.
 */
export async function onPackage<T>(
  id: string,
  { packages, backends, inputs, call }: Surroundings,
  work: (ready: ReadyPackage, uploads: Uploads, lost: Failure | null) => Promise<T>,
): Promise<T> {
  const run = async (lost: Failure | null) => {
    const ready = await packages.load(id, call.signal, call.onProgress, call.turn);
    throwIfAborted(call.signal);
    const value = await backends.guard(ready.backend, () => work(ready, inputs.on(ready.backend), lost));
    backends.proved();
    return value;
  };
  let lost: Failure | null = null;
  for (let left = backends.isPinned ? 1 : 2; ; left--) {
    try {
      return await run(lost);
    } catch (error) {
      const isLost = error instanceof EngineError && error.failure.code === 'device-lost';
      if (!isLost || left === 0) throw error;
      throwIfAborted(call.signal);
      lost = error.failure;
    }
  }
}
