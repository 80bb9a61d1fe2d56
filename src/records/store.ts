import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Analysis } from '../core/analysis';
import { type Failure, failure, type Result, success } from '../core/failure';
import { sha256 } from '../core/sha256';
import type { CaseDatabase, Changes, StorageSize } from './database';
import {
  type AnalysisEntry,
  blankLesion,
  type Kind,
  type RecordPhoto,
  type Records,
  splitAnalysis,
} from './record';
import { alive, type Deletion, deletions, markDeleted, markRestored } from './undo';

export interface CasesState {
  /** 'absent' until `load` is called, and again after everything was forgotten. */
  state: 'absent' | 'loading' | 'ready' | 'failed';
  failure: Failure | null;
  /** What is not deleted. */
  records: Records;
  /** What can be undone, newest first. */
  deletions: Deletion[];
  size: StorageSize | null;
}

export interface NewRecordPhoto {
  name: string;
  width: number;
  height: number;
  source: RecordPhoto['source'];
  /** ISO 8601, UTC. */
  takenAt: string;
  scale: number | null;
  dicom: RecordPhoto['dicom'];
  /** The lesions that stand in it; a new lesion is made if there is none. */
  lesionIds: readonly string[];
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
  addPhoto(image: Blob, about: NewRecordPhoto): Promise<Result<RecordPhoto>>;
  addAnalysis(of: { photoId: string; lesionId: string }, analysis: Analysis): Promise<Result<AnalysisEntry>>;
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
  /**
   * Deletes the database, revokes every object URL and empties the store. Nothing is left, and nothing can be
   * undone.
   */
  forgetEverything(): Promise<Result<null>>;
}

export interface CasesOptions {
  open: (onClosed: () => void) => Promise<Result<CaseDatabase>>;
  now?: () => Date;
}

const nothing: CasesState = {
  state: 'absent',
  failure: null,
  records: { patients: [], lesions: [], photos: [], entries: [] },
  deletions: [],
  size: null,
};

export function createCases({ open, now = () => new Date() }: CasesOptions): Cases {
  const store = createStore<CasesState>(() => nothing);
  const urls = new Map<string, string>();
  let opening: Promise<Result<CaseDatabase>> | null = null;
  let all: Records = nothing.records;

  const show = (records: Records) => {
    all = records;
    store.setState({ records: alive(records), deletions: deletions(records) });
  };

  async function database(): Promise<Result<CaseDatabase>> {
    opening ??= open(close);
    const opened = await opening;
    if (!opened.ok) opening = null;
    return opened;
  }

  /** Another tab took the database away: what is shown here may be no more. */
  function close(): void {
    opening = null;
    revoke();
    show(nothing.records);
    store.setState(nothing);
  }

  function revoke(): void {
    for (const url of urls.values()) URL.revokeObjectURL(url);
    urls.clear();
  }

  async function put(changes: Changes): Promise<Result<null>> {
    const opened = await database();
    if (!opened.ok) return opened;
    const written = await opened.value.write(changes);
    if (written.ok) show(merged(all, changes));
    return written;
  }

  const fresh = () => ({
    schema: 1 as const,
    id: crypto.randomUUID(),
    createdAt: now().toISOString(),
    deletedAt: null,
  });

  return {
    store,
    database,
    put,
    async load() {
      store.setState({ state: 'loading', failure: null });
      const read = await database()
        .then(async (opened): Promise<Result<Records>> => {
          if (!opened.ok) return opened;
          await opened.value.purge(now().toISOString());
          return success(await opened.value.records());
        })
        .catch((error) => failure('internal', { reason: String(error) }));
      if (!read.ok) {
        store.setState({ state: 'failed', failure: read.failure });
        return read;
      }
      show(read.value);
      store.setState({ state: 'ready' });
      return success(null);
    },
    async addPhoto(image, about) {
      const bytes = new Uint8Array(await image.arrayBuffer());
      const lesion = blankLesion(fresh());
      const lesionIds = about.lesionIds.length > 0 ? [...about.lesionIds] : [lesion.id];
      const hash = await sha256(bytes);
      const photo: RecordPhoto = {
        ...fresh(),
        ...about,
        lesionIds,
        type: image.type,
        bytes: image.size,
        sha256: hash,
      };
      const written = await put({
        lesions: about.lesionIds.length > 0 ? [] : [lesion],
        photos: [photo],
        // A Blob of its own: a File would keep the name and time that it had on the disk.
        images: [{ id: photo.id, blob: new Blob([bytes], { type: image.type }) }],
      });
      return written.ok ? success(photo) : written;
    },
    async addAnalysis({ photoId, lesionId }, whole) {
      const base = fresh();
      const { analysis, rasters } = splitAnalysis(base.id, whole);
      const entry: AnalysisEntry = { ...base, photoId, lesionId, analysis };
      const written = await put({ entries: [entry], rasters: [rasters] });
      return written.ok ? success(entry) : written;
    },
    async remove(kind, ids) {
      // Two deletes never share a time: it is what an undo goes by.
      const [last] = deletions(all);
      const time = Math.max(now().getTime(), last ? Date.parse(last.deletedAt) + 1 : 0);
      const deletedAt = new Date(time).toISOString();
      const written = await put(markDeleted(all, kind, ids, deletedAt));
      return written.ok ? success(deletedAt) : written;
    },
    undo: (deletedAt) => put(markRestored(all, deletedAt)),
    async imageUrl(photoId) {
      const opened = await database();
      const image = opened.ok && !urls.has(photoId) ? await opened.value.image(photoId) : null;
      // Two callers may have waited for the same photo.
      if (image && !urls.has(photoId)) urls.set(photoId, URL.createObjectURL(image));
      return urls.get(photoId) ?? null;
    },
    async measure() {
      const opened = await database();
      if (opened.ok) store.setState({ size: await opened.value.size() });
    },
    async forgetEverything() {
      const opened = await database();
      if (!opened.ok) return opened;
      const forgotten = await opened.value.forgetEverything();
      close();
      return forgotten;
    },
  };
}

function merged(records: Records, changes: Partial<Records>): Records {
  const join = <T extends { id: string }>(old: T[], changed: T[] = []) => {
    const byId = new Map(old.map((record) => [record.id, record]));
    for (const record of changed) byId.set(record.id, record);
    return [...byId.values()];
  };
  return {
    patients: join(records.patients, changes.patients),
    lesions: join(records.lesions, changes.lesions),
    photos: join(records.photos, changes.photos),
    entries: join(records.entries, changes.entries),
  };
}
