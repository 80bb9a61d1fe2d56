import { createStore } from 'zustand/vanilla';
import { type Failure, failure, type Result, success } from '../core/failure';
import { openChannel } from '../runtime/open-channel';
import type { Cases, CasesOptions, CasesState } from './cases';
import { createConnection } from './connection';
import type { Changes, Wanted } from './database';
import type { DayMemory } from './days-of-use';
import type { ReadRecords } from './read-records';
import type { Records } from './record';
import { storageFailure } from './storage-failure';
import { tidied } from './tidy';
import { alive, deletions, markDeleted, markRestored } from './undo';
import { createWriteLog, withChanges } from './write-log';

/** By this name tabs, and the worker of an import, tell each other that something was written. */
export const changesChannel = 'lentigo-cases';

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
  channel = () => openChannel(changesChannel),
}: CasesOptions): Cases {
  const store = createStore<CasesState>(() => nothing);
  const urls = new Map<string, string>();
  const connection = createConnection(open, (byBrowser) => (byBrowser ? reopen() : close()));
  let all: Records = nothing.records;
  const log = createWriteLog();
  let loading: Promise<Result<null>> | null = null;

  const show = (records: Records, others: Partial<CasesState> = {}) => {
    all = records;
    store.setState({ records: alive(records), deletions: deletions(records), ...others });
  };

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
    const begun = connection.closings();
    const opened = await connection.current();
    if (store.getState().state !== 'ready' || opened === null) return;
    await log.reading(async (complete) => {
      const read = opened.ok ? await opened.value.read().catch(() => null) : null;
      if (read && connection.closings() === begun)
        show(complete(read.records), { unreadable: read.unreadable });
    });
  }

  async function load(): Promise<Result<null>> {
    listen();
    const begun = connection.closings();
    const again = all.lesions.length > 0;
    store.setState({ state: 'loading', failure: null });
    return log.reading(async (complete) => {
      const shown = ({ records, unreadable }: ReadRecords, state: 'loading' | 'ready') => {
        if (connection.closings() === begun) show(complete(records), { unreadable, state });
      };
      try {
        const opened = await connection.database();
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
      if (connection.closings() === begun) store.setState({ state: 'failed', failure: result.failure });
      return result;
    }
  }

  /** Another tab took the database away: what is shown here may be no more. */
  function close(): void {
    connection.drop();
    otherTabs?.close();
    otherTabs = null;
    revoke();
    show(nothing.records);
    store.setState(nothing);
    tellWritten();
  }

  /** The browser closed the database, and may have cleared it: what is shown is read again, not taken away. */
  function reopen(): void {
    connection.drop();
    if (store.getState().state !== 'absent') void load();
  }

  function revoke(): void {
    for (const url of urls.values()) URL.revokeObjectURL(url);
    urls.clear();
  }

  async function change(wanted: Wanted, make: (now: Records) => Changes): Promise<Result<Changes>> {
    const changed = await connection.use((database) => database.change(wanted, make));
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
    read: connection.read,
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
      const known = urls.get(photoId);
      if (known !== undefined) return known;
      const found = await connection.read((database) => database.image(photoId));
      const image = found.ok ? found.value : null;
      // Two callers may have waited for the same photo.
      if (image && !urls.has(photoId)) urls.set(photoId, URL.createObjectURL(image));
      return urls.get(photoId) ?? null;
    },
    onWritten(run) {
      listen();
      written.add(run);
    },
    async measure() {
      const size = await connection.read((database) => database.size());
      if (size.ok) store.setState({ size: size.value });
    },
    async forgetEverything() {
      const opened = await connection.database();
      if (!opened.ok) return opened;
      // At once: what is asked for from now on waits for the next database.
      close();
      const forgotten = await opened.value.forgetEverything();
      if (forgotten.ok) days.write('');
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
