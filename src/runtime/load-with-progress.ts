import type { Result } from '../core/failure';
import type { LoadedPackage, Progress } from '../engine/engine';
import type { Runtime } from './runtime';

/** Loads a package through the machine, so that every screen sees it happen. */
export async function loadWithProgress(
  runtime: Runtime,
  packageId: string,
  onProgress: (progress: Progress | null) => void,
): Promise<Result<LoadedPackage>> {
  const unsubscribe = runtime.store.subscribe(({ packages }) => {
    const state = packages[packageId];
    if (state?.state === 'loading') onProgress(state.progress);
  });
  try {
    return await runtime.load(packageId);
  } finally {
    unsubscribe();
  }
}
