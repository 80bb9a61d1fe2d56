import type { Changes } from './database';
import type { Records } from './record';

/** What is written while records are being read: a read that began before does not have it. */
export interface WriteLog {
  /** Notes what was written just now. */
  note(changes: Changes): void;
  /** Runs a read; `complete` adds to records what was written since it began. */
  reading<T>(read: (complete: (records: Records) => Records) => Promise<T>): Promise<T>;
}

export function createWriteLog(): WriteLog {
  let reads = 0;
  let log: Changes[] = [];
  return {
    note(changes) {
      if (reads > 0) log.push(changes);
    },
    async reading(read) {
      const begin = log.length;
      reads += 1;
      try {
        return await read((records) => log.slice(begin).reduce(withChanges, records));
      } finally {
        reads -= 1;
        if (reads === 0) log = [];
      }
    },
  };
}

/** Records with what was written: new ones at the end, changed ones in their place. */
export function withChanges(records: Records, changes: Changes): Records {
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
