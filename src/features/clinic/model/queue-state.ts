import type { Failure } from '../../../core/failure';
import type { WorkbenchPhoto } from './workbench-photo';

/** Where a photo stands with one package. */
export type QueueState =
  | { state: 'opening' | 'waiting' | 'done' | 'cancelled' }
  /** `fraction` is null where it cannot be known. */
  | { state: 'running'; fraction: number | null }
  | { state: 'failed'; failure: Failure };

export function queueStateOf(photo: WorkbenchPhoto, packageId: string | null): QueueState {
  if (photo.unopened) return { state: 'failed', failure: photo.unopened };
  if (photo.url === null) return { state: 'opening' };
  const run = packageId === null ? undefined : photo.runs[packageId];
  if (!run) return { state: 'waiting' };
  if (run.state === 'done') return { state: 'done' };
  if (run.state === 'failed') {
    return run.failure.code === 'cancelled'
      ? { state: 'cancelled' }
      : { state: 'failed', failure: run.failure };
  }
  return run.progress === null ? { state: 'waiting' } : { state: 'running', fraction: run.progress.fraction };
}

export function progressOf(photos: readonly WorkbenchPhoto[], packageId: string | null) {
  const states = photos.map((photo) => queueStateOf(photo, packageId).state);
  const count = (...wanted: QueueState['state'][]) => states.filter((state) => wanted.includes(state)).length;
  return { done: count('done'), failed: count('failed'), running: count('running', 'waiting', 'opening') };
}
