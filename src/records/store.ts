import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Failure, failure, type Result, success } from '../core/failure';
import type { CaseDatabase, Changes, Wanted } from './database';
import type { DayMemory } from './days-of-use';
import type { ReadRecords, UnreadableRecord } from './read-records';
import type { Kind, Records } from './record';
import { storageFailure } from './storage-failure';
import type { StorageSize } from './storage-size';
import { tidied } from './tidy';
import { alive, type Deletion, deletions, markDeleted, markRestored } from './undo';
import { createWriteLog, withChanges } from './write-log';

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
   * The database itself, opened where it is not: for rasters, export and import. After an import, call `load`
   * again.
   */
  database(): Promise<Result<CaseDatabase>>;
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
  open: (onClosed: () => void) => Promise<Result<CaseDatabase>>;
  now?: () => Date;
  /**
   * Where the days on which the cases were opened are kept; without it, nothing deleted ever goes for good.
   */
  days?: DayMemory;
  /** By which tabs tell each other that something was written; null where the browser has none. */
  channel?: () => BroadcastChannel | null;
  /** Deletes what else this browser keeps of patients, when all cases are forgotten. */
  forgetAlso?: () => Promise<void>;
}

/** By this name tabs, and the worker of an import, tell each other that something was written. */
export const changesChannel = 'lentigo-cases';

const openChannel = () =>
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(changesChannel);

const nothing: CasesState = {
  state: 'absent',
  failure: null,
  records: { patients: [], lesions: [], photos: [], entries: [] },
  unreadable: [],
  deletions: [],
  size: null,
};

const noDays: DayMemory = { read: () => null, write: () => {} };

export function createCases({
  open,
  now = () => new Date(),
  days = noDays,
  channel = openChannel,
  forgetAlso,
}: CasesOptions): Cases {
  const store = createStore<CasesState>(() => nothing);
  const urls = new Map<string, string>();
  let opening: Promise<Result<CaseDatabase>> | null = null;
  let all: Records = nothing.records;
  const log = createWriteLog();
  let loading: Promise<Result<null>> | null = null;
  /** Counts how often the database was taken away: what was read before is no more. */
  let closings = 0;

  const show = (records: Records, others: Partial<CasesState> = {}) => {
    all = records;
    store.setState({ records: alive(records), deletions: deletions(records), ...others });
  };

  async function database(): Promise<Result<CaseDatabase>> {
    opening ??= open(close);
    const opened = await opening;
    if (!opened.ok) opening = null;
    return opened;
  }

  const written = new Set<() => void>();
  const tellWritten = () => {
    for (const run of written) run();
  };
  let otherTabs: BroadcastChannel | null = null;
  /** Each tab says that something was written, and reads again when another says so. */
  function listen(): void {
    otherTabs ??= channel();
    if (otherTabs)
      otherTabs.onmessage = () => {
        tellWritten();
        void readAgain();
      };
  }

  async function readAgain(): Promise<void> {
    await loading;
    const begun = closings;
    if (store.getState().state !== 'ready' || opening === null) return;
    const opened = await opening;
    await log.reading(async (complete) => {
      const read = opened.ok ? await opened.value.read().catch(() => null) : null;
      if (read && closings === begun) show(complete(read.records), { unreadable: read.unreadable });
    });
  }

  async function load(): Promise<Result<null>> {
    listen();
    const begun = closings;
    const again = all.lesions.length > 0;
    store.setState({ state: 'loading', failure: null });
    return log.reading(async (complete) => {
      const shown = ({ records, unreadable }: ReadRecords, state: 'loading' | 'ready') => {
        if (closings === begun) show(complete(records), { unreadable, state });
      };
      try {
        const opened = await database();
        if (!opened.ok) return failed(opened);
        // What is on the screen already is not taken back for a moment.
        const onFirst = again ? undefined : (read: ReadRecords) => shown(read, 'loading');
        shown(await tidied(opened.value, now().toISOString(), days, onFirst), 'ready');
        return success(null);
      } catch (error) {
        return failed(storageFailure(error));
      }
    });

    function failed(result: { ok: false; failure: Failure }) {
      if (closings === begun) store.setState({ state: 'failed', failure: result.failure });
      return result;
    }
  }

  /** Another tab took the database away: what is shown here may be no more. */
  function close(): void {
    closings += 1;
    opening = null;
    otherTabs?.close();
    otherTabs = null;
    revoke();
    show(nothing.records);
    store.setState(nothing);
    tellWritten();
  }

  function revoke(): void {
    for (const url of urls.values()) URL.revokeObjectURL(url);
    urls.clear();
  }

  async function change(wanted: Wanted, make: (now: Records) => Changes): Promise<Result<Changes>> {
    const opened = await database();
    if (!opened.ok) return opened;
    const changed = await opened.value.change(wanted, make);
    if (changed.ok) {
      log.note(changed.value);
      show(withChanges(all, changed.value));
      otherTabs?.postMessage('written');
      tellWritten();
    }
    return changed;
  }

  async function put(changes: Changes): Promise<Result<null>> {
    const written = await change({}, () => changes);
    return written.ok ? success(null) : written;
  }

  return {
    store,
    database,
    put,
    change,
    async edit(kind, id, fields, known = {}) {
      let changed: string | undefined;
      const written = await change({ [kind]: [id] }, (records) => {
        const [record] = records[kind];
        if (!record) return {};
        const wanted = { ...record, ...fields(record) };
        changed = changedField(record, known, wanted);
        // A changed one is written as it stands, so that a screen that knew an older one shows it.
        return { [kind]: [changed === undefined ? wanted : record] };
      });
      if (!written.ok) return written;
      if (changed !== undefined) return failure('record-changed', { field: changed });
      const [record] = written.value[kind] ?? [];
      return record?.deletedAt === null ? success(null) : failure('record-gone');
    },
    load() {
      loading ??= load().finally(() => {
        loading = null;
      });
      return loading;
    },
    async remove(kind, ids) {
      let deletedAt = now().toISOString();
      const written = await change('all', (records) => {
        // Two deletes never share a time: it is what an undo goes by.
        const taken = new Set(deletions(records).map((deletion) => deletion.deletedAt));
        for (let time = Date.parse(deletedAt); taken.has(deletedAt); )
          deletedAt = new Date(++time).toISOString();
        return markDeleted(records, kind, ids, deletedAt);
      });
      return written.ok ? success(deletedAt) : written;
    },
    async undo(deletedAt) {
      const written = await change('all', (records) => markRestored(records, deletedAt));
      return written.ok ? success(null) : written;
    },
    async imageUrl(photoId) {
      const opened = await database();
      const image = opened.ok && !urls.has(photoId) ? await opened.value.image(photoId) : null;
      // Two callers may have waited for the same photo.
      if (image && !urls.has(photoId)) urls.set(photoId, URL.createObjectURL(image));
      return urls.get(photoId) ?? null;
    },
    onWritten(run) {
      listen();
      written.add(run);
    },
    async measure() {
      const opened = await database();
      if (opened.ok) store.setState({ size: await opened.value.size() });
    },
    async forgetEverything() {
      const opened = await database();
      if (!opened.ok) return opened;
      try {
        await forgetAlso?.();
      } catch (error) {
        return storageFailure(error);
      }
      const forgotten = await opened.value.forgetEverything();
      if (forgotten.ok) days.write('');
      close();
      return forgotten;
    },
  };
}

/** The first field that is neither as it was known nor as it is wanted. */
function changedField<T extends object>(now: T, known: Partial<T>, wanted: T): string | undefined {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return (Object.keys(known) as (keyof T & string)[]).find(
    (field) => !same(now[field], known[field]) && !same(now[field], wanted[field]),
  );
}
