import { failure, type Result, success } from '../core/failure';
import { type ImportPlan, importContents, planImport } from './archive-import';
import { type ArchiveContents, readArchive, type Skipped } from './archive-read';
import type { CaseDatabase } from './database';
import { type Kind, kinds } from './record';

/** What an import would do, as a screen shows it: numbers, not the records themselves. */
export interface ImportPreview {
  /** How many records of each kind are not here yet. */
  fresh: Record<Kind, number>;
  /** How many are here just as they are in the archive. */
  same: number;
  /** How many are here but differ, or were deleted here. */
  conflicting: number;
  skipped: number;
  /** The first of those that could not be taken over as they are. */
  firstSkipped: Skipped[];
}

/** Reads an archive, and writes it once the user has seen the preview. */
export interface Importer {
  /** `onProgress`: 0 to 1. */
  read(file: Blob, onProgress: (fraction: number) => void): Promise<Result<ImportPreview>>;
  /** Writes what was read last; everything or nothing. Other tabs are told. */
  write(replaceConflicting: boolean): Promise<Result<null>>;
}

const shownSkipped = 5;

export function createImporter(
  open: () => Promise<Result<CaseDatabase>>,
  tellTabs: () => void = () => {},
): Importer {
  let read: { contents: ArchiveContents; plan: ImportPlan; database: CaseDatabase } | null = null;
  return {
    async read(file, onProgress) {
      read = null;
      const contents = await readArchive(file, onProgress);
      if (!contents.ok) return contents;
      const database = await open();
      if (!database.ok) return database;
      const plan = planImport((await database.value.read()).records, contents.value);
      read = { contents: contents.value, plan, database: database.value };
      return success(previewOf(contents.value, plan));
    },
    async write(replaceConflicting) {
      if (!read) return failure('internal', { reason: 'no archive was read' });
      const { database, contents, plan } = read;
      const written = await importContents(database, contents, plan, replaceConflicting);
      if (written.ok) tellTabs();
      return written;
    },
  };
}

function previewOf({ skipped }: ArchiveContents, { fresh, same, conflicting }: ImportPlan): ImportPreview {
  const sum = (ids: ImportPlan['fresh']) => kinds.reduce((all, kind) => all + ids[kind].length, 0);
  return {
    fresh: {
      patients: fresh.patients.length,
      lesions: fresh.lesions.length,
      photos: fresh.photos.length,
      entries: fresh.entries.length,
    },
    same: sum(same),
    conflicting: sum(conflicting),
    skipped: skipped.length,
    firstSkipped: skipped.slice(0, shownSkipped),
  };
}
