import { type Failure, failure } from '../core/failure';
import type { Progress } from '../engine/engine';
import type { Runtime } from './runtime';

export interface RunOptions {
  signal?: AbortSignal;
  /** Null while the run waits for its turn. */
  onProgress?: (progress: Progress | null) => void;
}

/**
 * Loads a package through the runtime, so that every screen sees its progress; null when it is there. A
 * package that is loaded costs no call. The signal ends the waiting, not the load: others may wait for it
 * too.
 */
export async function loadPackage(
  runtime: Runtime,
  packageId: string,
  { signal, onProgress = () => {} }: RunOptions = {},
): Promise<Failure | null> {
  const { store } = runtime;
  if (signal?.aborted) return failure('cancelled').failure;
  if (store.getState().packages[packageId]?.state === 'loaded') return null;
  let giveUp = () => {};
  const cancelled = new Promise<ReturnType<typeof failure>>((resolve) => {
    giveUp = () => resolve(failure('cancelled'));
  });
  signal?.addEventListener('abort', giveUp, { once: true });
  const unsubscribe = store.subscribe(({ packages }) => {
    const state = packages[packageId];
    if (state?.state === 'loading') onProgress(state.progress);
  });
  try {
    const loaded = await Promise.race([runtime.load(packageId), cancelled]);
    return loaded.ok ? null : loaded.failure;
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', giveUp);
  }
}
