import { createStore, type StoreApi } from 'zustand/vanilla';
import { turnsPhotoAway } from '../../../runtime/failure-kind';
import { answerOf, type Run } from '../../../runtime/run';
import type { WorkbenchPhoto } from './workbench-photo';
import type { Workbench } from './workbench-state';

/** Several models asked for every photo of the queue, one photo after the other. */
export interface AgreementRun {
  /** How far it is; null while nothing is asked. */
  store: StoreApi<{ progress: { done: number; count: number } | null }>;
  /**
   * Asks for what is not answered yet of the photos that are there now. The answers are the workbench's own.
   * Resolves when all are asked, or when it was stopped.
   */
  start(packageIds: readonly string[]): Promise<void>;
  /** Asks for nothing more, and ends what runs. */
  stop(): void;
}

/** The packages whose answer for a photo neither is there nor is on its way, nor was refused for the photo's sake. */
export function unasked({ url, runs }: WorkbenchPhoto, packageIds: readonly string[]): string[] {
  if (url === null) return [];
  const isOpen = (run: Run | undefined) =>
    answerOf(run) === null &&
    run?.state !== 'running' &&
    !(run?.state === 'failed' && turnsPhotoAway(run.failure));
  return packageIds.filter((id) => isOpen(runs[id]));
}

export function createAgreementRun(workbench: Pick<Workbench, 'store' | 'ask' | 'cancel'>): AgreementRun {
  const store: AgreementRun['store'] = createStore(() => ({ progress: null }));
  /** What is being asked; another object once it was stopped and begun again. */
  let now: { photoId: string; packageIds: readonly string[] } | null = null;
  let run = 0;

  async function start(packageIds: readonly string[]): Promise<void> {
    stop();
    const own = run;
    const open = workbench.store.getState().photos.filter((photo) => unasked(photo, packageIds).length > 0);
    for (const [done, { id }] of open.entries()) {
      store.setState({ progress: { done, count: open.length } });
      const photo = workbench.store.getState().photos.find((photo) => photo.id === id);
      const wanted = photo ? unasked(photo, packageIds) : [];
      now = { photoId: id, packageIds: wanted };
      await workbench.ask(id, wanted);
      if (own !== run) return;
    }
    now = null;
    store.setState({ progress: null });
  }

  function stop(): void {
    run += 1;
    const stopped = now;
    now = null;
    store.setState({ progress: null });
    for (const id of stopped?.packageIds ?? []) workbench.cancel(stopped?.photoId ?? '', id);
  }
  return { store, start, stop };
}
