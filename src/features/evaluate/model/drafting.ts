import type { StoreApi } from 'zustand/vanilla';
import { withFolder, withTable } from './draft';
import type { Folder } from './folder';
import { createTableReading, type ReadTable } from './read-table';
import type { Evaluation, EvaluationState } from './state';

/** How a draft gets its folder and its table. */
export interface Drafting
  extends Pick<Evaluation, 'draft' | 'chooseFolder' | 'chooseTable' | 'cancelReading'> {
  /** The folder of the draft. */
  folder(): Folder | null;
}

export function createDrafting(
  { getState: get, setState: set }: StoreApi<EvaluationState>,
  readTable: ReadTable,
): Drafting {
  let chosen: Folder | null = null;
  const tables = createTableReading(readTable, (readingTable) => set({ readingTable }));
  return {
    folder: () => chosen,
    draft(change) {
      set(({ draft }) => ({ draft: { ...draft, ...change } }));
    },
    async chooseFolder(given) {
      chosen = given;
      const draft = await tables.only((read) => withFolder(get().draft, given, read));
      if (chosen === given && draft) set({ draft });
    },
    async chooseTable(file) {
      const table = await tables.only((read) => read(file));
      if (table) set(({ draft }) => ({ draft: withTable(draft, file.name, table) }));
    },
    cancelReading: tables.cancel,
  };
}
