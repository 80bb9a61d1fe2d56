import { type Result, success } from '../core/failure';
import type { CaseDatabase } from './database';
import { storageFailure } from './storage-failure';

/** A connection to the cases, opened when it is first used, and again after it was taken away. */
export interface Connection {
  database(): Promise<Result<CaseDatabase>>;
  /** The connection as it is; null where none was asked for. */
  current(): Promise<Result<CaseDatabase>> | null;
  /** How often it was taken away: what was read before is no more. */
  closings(): number;
  /** Lets go of it; the next use opens another. */
  drop(): void;
  /**
   * Works on the database. What the browser refuses is a failure. Where the database is taken away meanwhile,
   * and nothing came of the work, it is opened again and the work done once more.
   */
  use<T>(work: (database: CaseDatabase) => Promise<Result<T>>): Promise<Result<T>>;
  /** As `use`, for work that answers what it read. */
  read<T>(work: (database: CaseDatabase) => Promise<T>): Promise<Result<T>>;
}

const maxTries = 3;

/** `onClosed`: another tab has deleted or upgraded the database, or the browser has closed it. */
export function createConnection(
  open: (onClosed: (byBrowser?: boolean) => void) => Promise<Result<CaseDatabase>>,
  onClosed: (byBrowser?: boolean) => void,
): Connection {
  let opening: Promise<Result<CaseDatabase>> | null = null;
  let closings = 0;
  const database = async () => {
    opening ??= open(onClosed);
    const asked = opening;
    let opened = await asked;
    // The browser closed it without a word: what is kept is as it was.
    if (opened.ok && !opened.value.isAlive()) {
      if (opening === asked) opening = open(onClosed);
      opened = await (opening ?? asked);
    }
    if (!opened.ok) opening = null;
    return opened;
  };
  const use: Connection['use'] = async (work) => {
    for (let tries = 1; ; tries++) {
      const begun = closings;
      const opened = await database();
      if (!opened.ok) return opened;
      const result = await work(opened.value).catch(storageFailure);
      if (result.ok || closings === begun || tries === maxTries) return result;
    }
  };
  return {
    database,
    current: () => opening,
    closings: () => closings,
    drop() {
      closings += 1;
      opening = null;
    },
    use,
    read: (work) => use(async (database) => success(await work(database))),
  };
}
