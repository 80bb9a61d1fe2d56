import type { StoreApi } from 'zustand/vanilla';
import type { Failure, Result } from '../core/failure';
import type { CaseDatabase, Changes, Wanted } from './database';
import type { DayMemory } from './days-of-use';
import type { UnreadableRecord } from './read-records';
import type { Kind, Records } from './record';
import type { StorageSize } from './storage-size';
import type { Deletion } from './undo';

export interface CasesState {
  /**
   * 'absent' until `load` is called, and again after everything was forgotten. While 'loading', what has been read so
   * far: of many cases all records but most answers.
   */
  state: 'absent' | 'loading' | 'ready' | 'failed';
  failure: Failure | null;
  /** What is not deleted. */
  records: Records;
  /** What is stored and cannot be read; it is left as it is. */
  unreadable: readonly UnreadableRecord[];
  /** What can be undone, newest first. */
  deletions: Deletion[];
  size: StorageSize | null;
}

/**
 * The cases that are kept on this machine, as plain data for any screen to watch. Every change is written
 * before it is shown.
 */
export interface Cases {
  store: StoreApi<CasesState>;
  load(): Promise<Result<null>>;
  /** Adds records, or replaces those of the same id. */
  put(changes: Changes): Promise<Result<null>>;
  /**
   * Changes records as they stand now, here or in another tab, in one transaction; see `CaseDatabase.change`.
   */
  change(wanted: Wanted, change: (now: Records) => Changes): Promise<Result<Changes>>;
  /**
   * Changes some fields of one record and leaves all others as they stand now. Fails with "record-gone" where
   * it was deleted meanwhile: what was written comes back with it where the delete can be undone. `known` has
   * fields as the writer knew them: where one of them has another value by now, and not the one to be written,
   * nothing is written, and it fails with "record-changed".
   */
  edit<K extends 'patients' | 'lesions'>(
    kind: K,
    id: string,
    change: (now: Records[K][number]) => Partial<Records[K][number]>,
    known?: Partial<Records[K][number]>,
  ): Promise<Result<null>>;
  /** Deletes softly, with all that belongs to it; `undo` with the time that it answers brings it back. */
  remove(kind: Kind, ids: readonly string[]): Promise<Result<string>>;
  undo(deletedAt: string): Promise<Result<null>>;
  /** An object URL of a photo, the same one every time; null where there is no such photo. */
  imageUrl(photoId: string): Promise<string | null>;
  /**
   * Reads from the database, opened where it is not: rasters, files, an export. What the browser refuses is a
   * failure. Where another tab takes the database away meanwhile, it is opened and read once more.
   */
  read<T>(work: (database: CaseDatabase) => Promise<T>): Promise<Result<T>>;
  measure(): Promise<void>;
  /** Calls `run` whenever something was written, here or in another tab: what was read before may be stale. */
  onWritten(run: () => void): void;
  /**
   * Deletes the database, revokes every object URL and empties the store. Nothing is left, and nothing can be
   * undone.
   */
  forgetEverything(): Promise<Result<null>>;
}

export interface CasesOptions {
  open: (onClosed: (byBrowser?: boolean) => void) => Promise<Result<CaseDatabase>>;
  now?: () => Date;
  /**
   * Where the days on which the cases were opened are kept; without it, nothing deleted ever goes for good.
   */
  days?: DayMemory;
  /** By which tabs tell each other that something was written; null where the browser has none. */
  channel?: () => BroadcastChannel | null;
}
