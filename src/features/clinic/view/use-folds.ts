import { useStore } from 'zustand';
import { localStore } from '../../../runtime/local-store';
import { createFolds, type SectionId } from '../model/folds';

/** One for the page. */
const folds = createFolds(localStore);

export function useFold(id: SectionId): { open: boolean; toggle: () => void } {
  const open = useStore(folds.store, (state) => state[id]);
  return { open, toggle: () => folds.setOpen(id, !open) };
}

/** Opens the section that a part of the page is folded into, if it is; call it where React can flush. */
export function unfold(part: Element): void {
  const section = part.closest<HTMLElement>('[data-folded]')?.dataset.folded;
  if (section) folds.setOpen(section as SectionId, true);
}
