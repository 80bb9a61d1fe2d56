import type { StoreApi } from 'zustand/vanilla';
import { type Plan, planningItems, sortingFiles } from '../../../core/evaluation/plan';
import type { Steps } from '../../../core/steps';
import { type Draft, planningOf, rowsOf } from './draft';
import { beginSlices, type Clock } from './in-slices';
import type { EvaluationState } from './state';

/** Keeps the plan of a draft up to date, a few milliseconds at a time. */
export interface Planning {
  /** The plan of the draft as it is, once it is made; null where it has no folder or no labels. */
  settled(): Promise<Plan | null>;
}

export function createPlanning(
  { getState: get, setState: set, subscribe }: StoreApi<EvaluationState>,
  clock?: Clock,
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
    const work = beginSlices(inOrder(draft, folder.files), clock);
    const show = () => {
      if (work.result) set({ ...work.result.value, planningShare: null });
      else set({ planned: null, planningShare: Math.min(1, work.items / total) });
    };
    show();
    if (!work.result) current = work.goOn({ goesOn: () => latest === mine, onSlice: show });
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
