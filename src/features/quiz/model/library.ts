import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Failure, failure, type Result, success } from '../../../core/failure';
import { maxCases } from '../../../core/teaching/case-list';
import type { OpenPhoto } from '../../../engine/input/opener';
import { storageFailure } from '../../../records/storage-failure';
import { type TabChannel, tabChannel } from '../../../runtime/tab-channel';
import { type AddedPhotos, diagnosesFromTable, ownPhotos, type TableOutcome } from './own-photos';
import {
  type FolderFile,
  type ReadSet,
  readSetFile,
  readSetFolder,
  type SetContents,
  type SetProblem,
  type WrittenBy,
  writeSet,
} from './set-file';
import { type Change, createSetWriter } from './set-writer';
import type { TeachingCase, TeachingSet } from './teaching-set';
import type { TeachingStore } from './teaching-store';

export interface LibraryState {
  state: 'pending' | 'ready';
  /** By title. */
  sets: readonly TeachingSet[];
  /** Why this browser gives or keeps nothing; what is done still holds for this visit. */
  failure: Failure | null;
  /** What is being read now; null while nothing is. */
  busy: { done: number; count: number } | null;
}

/** The set of the cases that come with the program. */
const builtInId = 'built-in';

export type OpenedSet = { ok: true; value: SetContents } | { ok: false; problem: SetProblem | Failure };

/** The teaching sets of this machine. */
export interface Library {
  store: StoreApi<LibraryState>;
  /** Reads what this machine keeps; again after it was forgotten elsewhere. */
  load(): Promise<void>;
  /** A set of the same id takes the place of the earlier one. */
  openFile(file: Blob): Promise<OpenedSet>;
  openFolder(files: readonly FolderFile[], name: string): Promise<OpenedSet>;
  /** The cases that come with the program, as a set by this title; undefined where there are none. */
  addBuiltIn?: (title: string) => Promise<OpenedSet>;
  /** An empty set of one's own; gives its id. */
  create(): Promise<string>;
  /**
   * Shown at once, and written behind it, onto what another tab may have written meanwhile: `change` is called
   * once for each.
   */
  change(id: string, change: (set: TeachingSet) => TeachingSet): void;
  changeCase(id: string, photo: string, change: Partial<TeachingCase>): void;
  addPhotos(id: string, files: readonly File[]): Promise<Result<AddedPhotos['leftOut']>>;
  cancel(): void;
  readTable(id: string, file: Blob): Promise<Result<TableOutcome>>;
  /** Fails with the browser's own reasons. */
  remove(id: string): Promise<Result<null>>;
  photo(sha256: string): Promise<Blob | null>;
  /** The set as one file. */
  save(id: string, by: WrittenBy): Promise<Result<Blob>>;
}

export function createLibrary(
  stored: TeachingStore,
  open: OpenPhoto,
  {
    now = () => new Date(),
    tabs = tabChannel(null),
    builtIn,
  }: { now?: () => Date; tabs?: TabChannel; builtIn?: () => Promise<FolderFile[]> } = {},
): Library {
  const store = createStore<LibraryState>(() => ({ state: 'pending', sets: [], failure: null, busy: null }));
  let control = new AbortController();
  const writer = createSetWriter(store, stored, tabs);
  const { setOf, attempt, inTurn } = writer;

  async function take(read: Promise<ReadSet>): Promise<OpenedSet> {
    store.setState({ busy: { done: 0, count: 0 } });
    const contents = await read.finally(() => store.setState({ busy: null }));
    if (!contents.ok) return contents;
    const { set, photos } = contents.value;
    await writer.settled();
    const written = await attempt(() => stored.putSet(set, photos));
    // Photos are shown out of the database alone.
    if (!written.ok) return { ok: false, problem: written.failure };
    writer.replaced(set);
    return contents;
  }

  async function readBuiltIn(files: Promise<FolderFile[]>, title: string): Promise<ReadSet> {
    const read = await readSetFolder(await files, title, now());
    if (!read.ok) return read;
    const facts = { id: builtInId, title, author: 'Lentigo', licence: 'Apache-2.0', version: '1' };
    return { ok: true, value: { ...read.value, set: { ...read.value.set, ...facts } } };
  }

  const change: Library['change'] = (id, change) => {
    const changedAt = now().toISOString();
    writer.change(id, (set) => ({ ...change(set), changedAt }));
  };

  return {
    store,
    async load() {
      await writer.settled();
      try {
        const sets = await stored.sets();
        writer.startFrom(sets);
        store.setState({ state: 'ready', failure: null });
      } catch (error) {
        store.setState({ state: 'ready', failure: storageFailure(error).failure });
      }
    },
    openFile: (file) => take(readSetFile(file, now())),
    openFolder: (files, name) => take(readSetFolder(files, name, now())),
    ...(builtIn && { addBuiltIn: (title: string) => take(readBuiltIn(builtIn(), title)) }),
    async create() {
      const id = crypto.randomUUID();
      const facts = { title: '', author: '', licence: '', version: '1' };
      await writer.add({ id, ...facts, changedAt: now().toISOString(), cases: [] });
      return id;
    },
    change,
    changeCase: (id, photo, changes) =>
      change(id, (set) => ({
        ...set,
        cases: set.cases.map((entry) => (entry.photo === photo ? { ...entry, ...changes } : entry)),
      })),
    async addPhotos(id, files) {
      const set = setOf(id);
      if (!set) return failure('record-gone');
      control.abort();
      control = new AbortController();
      const onProgress = (done: number) => store.setState({ busy: { done, count: files.length } });
      onProgress(0);
      const { cases, photos, leftOut } = await ownPhotos(files, set, {
        ...{ open, onProgress, signal: control.signal },
      }).finally(() => store.setState({ busy: null }));
      const changedAt = now().toISOString();
      const grow: Change = (set) => {
        const known = new Set(set.cases.map(({ photo }) => photo));
        const added = cases.filter(({ photo }) => !known.has(photo));
        return { ...set, changedAt, cases: [...set.cases, ...added].slice(0, maxCases) };
      };
      const written = await inTurn(async () =>
        setOf(id) ? writer.commit(id, [grow], photos) : failure('record-gone'),
      );
      return written.ok ? success(leftOut) : written;
    },
    cancel: () => control.abort(),
    async readTable(id, file) {
      const outcome = await diagnosesFromTable(file, setOf(id)?.cases ?? []);
      if (outcome.ok) {
        const { changes } = outcome.value;
        change(id, (set) => ({
          ...set,
          cases: set.cases.map((entry) => ({ ...entry, ...changes.get(entry.photo) })),
        }));
      }
      return outcome;
    },
    async remove(id) {
      await writer.settled();
      const removed = await attempt(() => stored.removeSet(id));
      if (!removed.ok) return removed;
      writer.drop(id);
      tabs.tell();
      return success(null);
    },
    async photo(sha256) {
      const photo = await stored.photo(sha256).catch(() => null);
      return photo && new Blob([photo.bytes], { type: photo.type });
    },
    async save(id, by) {
      await writer.settled();
      const set = setOf(id);
      return set ? writeSet(set, stored.photo, by) : failure('record-gone');
    },
  };
}
