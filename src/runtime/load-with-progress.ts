import type { Result } from '../core/failure';
import type { LoadedPackage, Progress } from '../engine/engine';
import type { Machine } from './machine';

/** Loads a package through the machine, so that every screen sees it happen. */
export async function loadWithProgress(
  machine: Machine,
  packageId: string,
  onProgress: (progress: Progress | null) => void,
): Promise<Result<LoadedPackage>> {
  const unsubscribe = machine.store.subscribe(({ packages }) => {
    const state = packages[packageId];
    if (state?.state === 'loading') onProgress(state.progress);
  });
  try {
    return await machine.load(packageId);
  } finally {
    unsubscribe();
  }
}
