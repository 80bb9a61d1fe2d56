import type { CaseDatabase } from './database';
import { type DayMemory, noteDay, provenTime } from './days-of-use';
import type { ReadRecords } from './read-records';
import { kinds, type Records } from './record';
import { expired, withPossibleTimes } from './undo';

/**
 * All records at the start of a visit: without what has been deleted for long enough, and with times that can
 * be. `now`: ISO 8601. `onFirst`: see `readInParts`.
 */
export async function tidied(
  database: CaseDatabase,
  now: string,
  days: DayMemory,
  onFirst?: (read: ReadRecords) => void,
): Promise<ReadRecords> {
  const read = await database.read(onFirst);
  const mended = withPossibleTimes(read.records, now);
  const proven = provenTime(noteDay(days, now));
  const isOver = proven !== null && !isEmpty(expired(read.records, proven));
  if (isEmpty(mended) && !isOver) return read;
  // As they stand in the transaction that writes them: another tab may have written since they were read.
  await database.change('all', (records) => withPossibleTimes(records, now));
  if (isOver) await database.purge(proven);
  return database.read();
}

const isEmpty = (records: Records) => kinds.every((kind) => records[kind].length === 0);
