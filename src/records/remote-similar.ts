import type { Result } from '../core/failure';
import { type CaseDatabase, openCases } from './database';
import { createSimilarCases, type SimilarCases } from './similar-cases';

/** What the worker does for the page. */
export interface RemoteSimilar extends SimilarCases {
  /** The records were written: what was read of them is stale. */
  changed(): void;
}

/** The worker's side: a connection of its own to the cases, opened with the first question. */
export function createRemoteSimilar(open: typeof openCases = openCases): RemoteSimilar {
  let changed = () => {};
  let opening: Promise<Result<CaseDatabase>> | null = null;
  const close = () => {
    opening = null;
    changed();
  };
  async function database(): Promise<Result<CaseDatabase>> {
    opening ??= open({ onClosed: close });
    const opened = await opening;
    if (!opened.ok) opening = null;
    return opened;
  }
  const onWritten = (run: () => void) => {
    changed = run;
  };
  return { ...createSimilarCases({ database, onWritten }), changed: () => changed() };
}
