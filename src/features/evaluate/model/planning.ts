import type { StoreApi } from 'zustand/vanilla';
import { type Plan, planningItems, sortingFiles } from '../../../core/evaluation/plan';
import type { Steps } from '../../../core/evaluation/steps';
import { type Draft, planningOf, rowsOf } from './draft';
import { nextTask } from './next-task';
import type { EvaluationState } from './state';

/** Milliseconds of work before the page gets its turn: less than a frame. */
const sliceMs = 12;

/** Keeps the plan of a draft up to date, a few milliseconds at a time. */
export interface Planning {
  /** The plan of the draft as it is, once it is made; null where it has no folder or no labels. */
  settled(): Promise<Plan | null>;
}

/** `now`, `pause`: the clock, and what lets the page go first. */
export function createPlanning(
  { getState: get, setState: set, subscribe }: StoreApi<EvaluationState>,
  { now = () => performance.now(), pause = nextTask } = {},
): Planning {
  let current: Promise<void> = Promise.resolve();
  let latest = 0;

  function begin(draft: Draft): void {
    latest += 1;
    const mine = latest;
    const { folder } = draft;
    if (!folder) {
      set({ planned: null, planningShare: null, holds: null });
      return;
    }
    const total = folder.files.length + planningItems(folder.files, rowsOf(draft));
    const steps = inOrder(draft, folder.files);
    let items = 0;
    /** Whether it is done. What takes one slice is there at once. */
    const slice = (): boolean => {
      const end = now() + sliceMs;
      do {
        const step = steps.next();
        if (step.done) {
          set({ ...step.value, planningShare: null });
          return true;
        }
        items += step.value;
      } while (now() < end);
      set({ planned: null, planningShare: Math.min(1, items / total) });
      return false;
    };
    if (slice()) return;
    current = (async () => {
      do await pause();
      while (latest === mine && !slice());
    })();
  }

  subscribe(({ draft }, { draft: before }) => {
    const same = (['folder', 'source', 'table'] as const).every((part) => draft[part] === before[part]);
    if (!same) begin(draft);
  });

  return {
    async settled() {
      for (let begun = 0; begun !== latest; ) {
        begun = latest;
        await current;
      }
      return get().planned;
    },
  };
}

/** First what the folder holds, then the plan. */
function* inOrder(
  draft: Draft,
  files: NonNullable<Draft['folder']>['files'],
): Steps<Pick<EvaluationState, 'planned' | 'holds'>> {
  const { images, masks } = yield* sortingFiles(files);
  const plan = planningOf(draft);
  return { holds: { images: images.length, masks: masks.length }, planned: plan && (yield* plan) };
}
