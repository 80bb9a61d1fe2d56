import type { StoreApi } from 'zustand/vanilla';
import { type Failure, failure, type Result, success } from '../../../core/failure';
import { storageFailure } from '../../../records/storage-failure';
import { createTurns } from '../../../runtime/in-turn';
import type { TabChannel } from '../../../runtime/tab-channel';
import type { StoredPhoto, TeachingSet } from './teaching-set';
import type { TeachingStore } from './teaching-store';

/** A change of a set, made on the set that is shown and again on the one that is stored. */
export type Change = (set: TeachingSet) => TeachingSet;

interface Shown {
  sets: readonly TeachingSet[];
  failure: Failure | null;
}

/**
 * Writes changes of sets one after the other, each onto the set as it is stored then: another tab may have
 * written it. What this browser does not keep is said, and holds for this visit.
 */
export interface SetWriter {
  setOf(id: string): TeachingSet | undefined;
  /** Shows the change at once, and writes it behind. */
  change(id: string, change: Change): void;
  /** Shows a new set and writes it. */
  add(set: TeachingSet): Promise<void>;
  /** Writes changes now. Fails with "record-gone" where another tab has deleted the set. Call it `inTurn`. */
  commit(
    id: string,
    changes: readonly Change[],
    photos?: ReadonlyMap<string, StoredPhoto>,
  ): Promise<Result<null>>;
  /** Runs when all earlier writes are done. */
  inTurn<T>(action: () => Promise<T>): Promise<T>;
  /** Resolves when all writes so far are done. */
  settled(): Promise<void>;
  /** Runs a call of the database, and shows why it failed. */
  attempt<T>(action: () => Promise<T>): Promise<Result<T>>;
  /** This set was written in place of what was there. */
  replaced(set: TeachingSet): void;
  /** These are the sets that the database has. */
  startFrom(sets: readonly TeachingSet[]): void;
  drop(id: string): void;
}

const applied = (set: TeachingSet, changes: readonly Change[]) =>
  changes.reduce((now, change) => change(now), set);

export function createSetWriter(
  store: Pick<StoreApi<Shown>, 'getState'> & { setState(part: Partial<Shown>): void },
  stored: Pick<TeachingStore, 'sets' | 'changeSet'>,
  tabs: TabChannel,
): SetWriter {
  const { inTurn, settled } = createTurns();
  const waiting = new Set<string>();
  /** Changes that are shown and not written yet, by set. */
  const pending = new Map<string, Change[]>();
  /** Sets that were seen in the database: one that is missing there was deleted by another tab. */
  const kept = new Set<string>();

  const others = (id: string) => store.getState().sets.filter((set) => set.id !== id);
  const setOf = (id: string) => store.getState().sets.find((set) => set.id === id);
  const put = (set: TeachingSet) =>
    store.setState({ sets: [...others(set.id), set].sort((a, b) => a.title.localeCompare(b.title)) });
  /** What is stored, with what is not written here yet. */
  const putStored = (set: TeachingSet) => {
    kept.add(set.id);
    put(applied(set, pending.get(set.id) ?? []));
  };
  const drop = (id: string) => {
    pending.delete(id);
    kept.delete(id);
    store.setState({ sets: others(id) });
  };

  async function attempt<T>(action: () => Promise<T>): Promise<Result<T>> {
    try {
      const value = await action();
      store.setState({ failure: null });
      return success(value);
    } catch (error) {
      const failed = storageFailure(error);
      store.setState({ failure: failed.failure });
      return failed;
    }
  }

  const commit: SetWriter['commit'] = async (id, changes, photos) => {
    const written = await attempt(() =>
      stored.changeSet(
        id,
        (now) => {
          const base = now ?? (kept.has(id) ? null : (setOf(id) ?? null));
          return base && applied(base, changes);
        },
        photos,
      ),
    );
    if (!written.ok) return written;
    if (written.value === null) {
      drop(id);
      return failure('record-gone');
    }
    putStored(written.value);
    tabs.tell();
    return success(null);
  };

  function write(id: string): Promise<void> {
    if (waiting.has(id)) return settled();
    waiting.add(id);
    return inTurn(async () => {
      waiting.delete(id);
      const changes = pending.get(id) ?? [];
      pending.delete(id);
      if (!setOf(id)) return;
      const written = await commit(id, changes);
      // What this browser did not keep goes along with the next change.
      if (!written.ok && setOf(id)) pending.set(id, [...changes, ...(pending.get(id) ?? [])]);
    });
  }

  /** Another tab has written. */
  const refresh = () =>
    inTurn(async () => {
      const sets = await stored.sets();
      const gone = [...kept].filter((id) => !sets.some((set) => set.id === id));
      for (const id of gone) drop(id);
      for (const set of sets) putStored(set);
    });
  // What cannot be read now is read at the next change.
  tabs.onTold(() => void refresh().catch(() => {}));

  return {
    setOf,
    change(id, change) {
      const set = setOf(id);
      if (!set) return;
      pending.set(id, [...(pending.get(id) ?? []), change]);
      put(change(set));
      void write(id);
    },
    add(set) {
      put(set);
      return write(set.id);
    },
    commit,
    inTurn,
    settled,
    attempt,
    replaced(set) {
      pending.delete(set.id);
      kept.add(set.id);
      put(set);
      tabs.tell();
    },
    startFrom(sets) {
      pending.clear();
      kept.clear();
      for (const { id } of sets) kept.add(id);
      store.setState({ sets });
    },
    drop,
  };
}
