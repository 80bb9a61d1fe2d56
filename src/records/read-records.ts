import type { ZodType } from 'zod';
import { withFileNames } from '../core/report/analysis-names';
import { type AnalysisEntry, type Kind, kinds, type Records } from './record';
import { recordSchemas } from './record-schemas';

/**
 * A stored record that the schema does not take. It is kept as it is, and nothing but itself is lost to the
 * user.
 */
export interface UnreadableRecord {
  kind: Kind;
  /** "" where it has none. */
  id: string;
  /** The first field that is wrong, and what is wrong with it. */
  problem: string;
  /** As it is stored. */
  value: unknown;
}

export interface ReadRecords {
  records: Records;
  unreadable: UnreadableRecord[];
}

/**
 * Reads stored records one by one through their schemas: one that is odd costs no other. Fields of later
 * versions get their defaults.
 */
export function readRecords(stored: Record<Kind, readonly unknown[]>): ReadRecords {
  const records: Records = { patients: [], lesions: [], photos: [], entries: [] };
  const unreadable: UnreadableRecord[] = [];
  for (const kind of kinds) {
    for (const value of stored[kind]) {
      const read = readRecord(kind, value);
      if ('problem' in read) unreadable.push({ kind, id: idOf(value), ...read, value });
      else (records[kind] as unknown[]).push(read.record);
    }
  }
  return { records, unreadable };
}

function readRecord(kind: Kind, value: unknown): { record: unknown } | { problem: string } {
  try {
    // The schema of an entry reads an analysis by the names of files; the database has the program's names.
    const entry = value as AnalysisEntry;
    const named = kind === 'entries' ? { ...entry, analysis: withFileNames(entry.analysis) } : value;
    const read = (recordSchemas[kind] as ZodType).safeParse(named);
    if (read.success) return { record: read.data };
    const [issue] = read.error.issues;
    return { problem: `${issue?.path.join('.')}: ${issue?.message}` };
  } catch (error) {
    return { problem: String(error) };
  }
}

const idOf = (value: unknown): string => {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id : '';
};
