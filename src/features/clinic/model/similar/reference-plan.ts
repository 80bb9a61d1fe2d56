import { columnFor } from '../../../../core/evaluation/labels';
import type { TableNote } from '../../../../core/evaluation/notes';
import { type Plan, type PlannedImage, plan, tablesOf } from '../../../../core/evaluation/plan';
import { type LabelTable, readLabelTable } from '../../../../core/evaluation/table';
import { failure, type Result, success } from '../../../../core/failure';

/** A file that was given, with its path inside what was given. */
export interface GivenFile {
  path: string;
  file: File;
}

/** What a reference set would be made of. */
export interface ReferencePlan {
  /** The folder's name; "" for loose files. */
  name: string;
  images: readonly PlannedImage[];
  /** Diagnoses with their photos, as they first occur. */
  labels: Plan['labels'];
  lesions: number;
  /** Photos of the folder without a diagnosis. */
  unlabelled: number;
  /** Rows of the table whose file is not there. */
  absent: number;
  /** Other rows that mean no photo, and rows that mean one otherwise than the table says. */
  rows: Pick<Plan, 'ambiguous' | 'contradicted' | 'moved' | 'repeated'>;
  /** What was said of the table as it was read. */
  notes: readonly TableNote[];
  /** The table that the diagnoses come from; null where each folder is a diagnosis. */
  table: string | null;
  open(path: string): File | null;
}

/** Bytes of a table: some 200,000 rows. */
const maxTableBytes = 16 * 2 ** 20;

/** Chosen files, by their paths inside the chosen folder. `folderOf`: the folders that a file came in. */
export function givenFiles(
  list: readonly File[],
  folderOf: (file: File) => string,
): { name: string; files: GivenFile[] } {
  const whole = list.map((file) => ({ path: [folderOf(file), file.name].filter(Boolean).join('/'), file }));
  const root = whole[0]?.path.split('/')[0] ?? '';
  const nested = whole.length > 0 && whole.every(({ path }) => path.startsWith(`${root}/`));
  if (!nested) return { name: '', files: whole };
  return { name: root, files: whole.map(({ path, file }) => ({ path: path.slice(root.length + 1), file })) };
}

/**
 * Reads where the diagnoses are: in labels.csv or the only table of the folder, by the rules of an evaluation;
 * without one, each folder inside is a diagnosis. Fails with "table-too-large", "labels-invalid" and
 * "file-unreadable".
 */
export async function planReference({
  name,
  files,
}: {
  name: string;
  files: readonly GivenFile[];
}): Promise<Result<ReferencePlan>> {
  const listed = files.map(({ path, file }) => ({ path, size: file.size }));
  const tables = tablesOf(listed);
  const table =
    tables.find(({ path }) => /(^|\/)labels\.[ct]sv$/i.test(path)) ??
    (tables.length === 1 ? tables[0] : undefined);
  const open = (path: string) => files.find((given) => given.path === path)?.file ?? null;
  const read = table ? await tableIn(open(table.path)) : null;
  if (read && !read.ok) return read;
  const made = plan(listed, read?.value.rows ?? null);
  return success({
    name,
    images: made.images,
    labels: made.labels,
    lesions: new Set(made.images.map(lesionOf)).size,
    unlabelled: made.unnamed.length,
    absent: made.absent.length,
    rows: {
      ambiguous: made.ambiguous,
      contradicted: made.contradicted,
      moved: made.moved,
      repeated: made.repeated,
    },
    notes: read?.value.notes ?? [],
    table: table?.path ?? null,
    open,
  });
}

async function tableIn(file: File | null): Promise<Result<LabelTable>> {
  if (!file) return failure('file-unreadable');
  if (file.size > maxTableBytes)
    return failure('table-too-large', { bytes: file.size, limit: maxTableBytes });
  const bytes = await file.arrayBuffer().catch(() => null);
  if (!bytes) return failure('file-unreadable');
  return readLabelTable(new Uint8Array(bytes));
}

/** The lesion that the table says, or else the photo itself: a patient's lesions are several. */
export function lesionOf({ path, columns }: PlannedImage): string {
  const column = columnFor('lesion', Object.keys(columns));
  return (column === null ? undefined : columns[column]) || path;
}
