import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LocalStore } from '../../../runtime/local-store';

/**
 * The parts of an answer that fold, and whether each is open until somebody says otherwise: what is read of
 * every photo is, and the pane fits a screen.
 */
const openAtFirst = {
  probabilities: true,
  facts: false,
  threshold: false,
  lesion: false,
  comparison: false,
  similar: false,
  about: false,
};
export type SectionId = keyof typeof openAtFirst;
export type FoldsState = Readonly<Record<SectionId, boolean>>;

/** Which parts of the answer are open, for every photo and every visit. */
export interface Folds {
  store: StoreApi<FoldsState>;
  setOpen(id: SectionId, open: boolean): void;
}

const key = 'lentigo-answer-sections';

export function createFolds(storage: Pick<LocalStore, 'read' | 'write'>): Folds {
  const store = createStore<FoldsState>(() => ({ ...openAtFirst, ...readFolds(storage.read(key)) }));
  return {
    store,
    setOpen(id, open) {
      store.setState({ [id]: open });
      storage.write(key, JSON.stringify(store.getState()));
    },
  };
}

/** What was kept, without what names no section. */
function readFolds(text: string | null): Partial<FoldsState> {
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    return Object.fromEntries(
      Object.entries(kept ?? {}).filter(([id, open]) => id in openAtFirst && typeof open === 'boolean'),
    );
  } catch {
    return {};
  }
}
