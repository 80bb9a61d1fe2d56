import { createConnection } from './connection';
import { openCases } from './database';
import { createSimilarCases, type SimilarCases } from './similar-cases';

/** What the worker does for the page. */
export interface RemoteSimilar extends SimilarCases {
  /** The records were written: what was read of them is stale. */
  changed(): void;
}

/** The worker's side: a connection of its own to the cases, opened with the first question. */
export function createRemoteSimilar(open: typeof openCases = openCases): RemoteSimilar {
  let changed = () => {};
  const connection = createConnection(
    (onClosed) => open({ onClosed }),
    () => {
      connection.drop();
      changed();
    },
  );
  const onWritten = (run: () => void) => {
    changed = run;
  };
  return { ...createSimilarCases({ read: connection.read, onWritten }), changed: () => changed() };
}
