import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ResultsFile } from '../../../core/evaluation/results-file';
import { type Failure, failure } from '../../../core/failure';

/** Results that somebody else saved, as long as this page is open. */
export interface OpenedFile {
  /** Unlike that of every other opened file. */
  key: number;
  /** What the results call themselves, else the name of the file. */
  name: string;
  results: ResultsFile;
}

export interface OpenedResults {
  store: StoreApi<readonly OpenedFile[]>;
  /** Reads a file. Says why it cannot be used: "results-invalid" or "file-unreadable". */
  open(file: File): Promise<Failure | null>;
  close(key: number): void;
}

/** Bytes; a file of eight models with all their curves has about a twentieth of it. */
const maxBytes = 8 * 2 ** 20;

export function createOpenedResults(): OpenedResults {
  const store = createStore<readonly OpenedFile[]>(() => []);
  let opened = 0;
  return {
    store,
    async open(file) {
      if (file.size > maxBytes)
        return failure('results-invalid', { problem: `${file.size} bytes, of at most ${maxBytes}` }).failure;
      const text = await file.text().catch(() => null);
      if (text === null) return failure('file-unreadable').failure;
      // The schema is fetched by who opens a file.
      const { parseResults } = await import('../../../core/evaluation/results-file');
      const results = parseResults(text);
      if (!results.ok) return results.failure;
      const name = results.value.name || file.name;
      const next = { key: opened++, name, results: results.value };
      store.setState((files) => [...files, next], true);
      return null;
    },
    close(key) {
      store.setState((files) => files.filter((file) => file.key !== key), true);
    },
  };
}
