import { resolveNames } from '../../../core/evaluation/names';
import type { TableNote } from '../../../core/evaluation/notes';
import type { Plan } from '../../../core/evaluation/plan';
import { readLabelTable } from '../../../core/evaluation/table';
import { failure, type Result, success } from '../../../core/failure';
import { maxCases, type Structure, structures } from '../../../core/teaching/case-list';
import type { OpenPhoto } from '../../../engine/input/opener';
import { checkedPhoto, type LeftOut } from './photo-file';
import {
  diagnosisForLabel,
  longest,
  type StoredPhoto,
  type TeachingCase,
  type TeachingSet,
} from './teaching-set';

/** A lecturer's own photos, and a table of what they show. */

export interface AddedPhotos {
  cases: TeachingCase[];
  photos: Map<string, StoredPhoto>;
  leftOut: LeftOut[];
}

/**
 * Photos as they go into a set: DICOM and HEIC are opened, and all metadata goes. One that cannot be read
 * costs no other. `onProgress`: how many were looked at.
 */
export async function ownPhotos(
  files: readonly File[],
  set: Pick<TeachingSet, 'cases'>,
  { open, onProgress, signal }: { open: OpenPhoto; onProgress: (done: number) => void; signal: AbortSignal },
): Promise<AddedPhotos> {
  const known = new Set(set.cases.map(({ photo }) => photo));
  const added: AddedPhotos = { cases: [], photos: new Map(), leftOut: [] };
  for (const [index, file] of files.entries()) {
    if (signal.aborted) break;
    const opened = await open(file);
    const photo = opened.ok ? await checkedPhoto(opened.value.image) : opened;
    if (!photo.ok) added.leftOut.push({ name: file.name, code: photo.failure.code });
    else if (known.has(photo.value.sha256)) added.leftOut.push({ name: file.name, code: 'twice' });
    else if (known.size >= maxCases) added.leftOut.push({ name: file.name, code: 'full' });
    else {
      const { sha256, ...stored } = photo.value;
      known.add(sha256);
      added.photos.set(sha256, stored);
      added.cases.push({
        ...{ photo: sha256, name: file.name, title: null, credit: '', synthetic: false },
        ...{ diagnosis: null, structures: [] },
      });
    }
    onProgress(index + 1);
  }
  return added;
}

/** Bytes of a table: some thousand times what 500 rows need. */
const maxTableBytes = 4 * 2 ** 20;

export interface TableOutcome {
  /** What the table says of a photo, by its SHA-256. */
  changes: ReadonlyMap<string, Partial<TeachingCase>>;
  /** Photos that got a diagnosis. */
  given: number;
  /** Rows whose photo is not in the set, or is not known, and rows whose label is none of the seven diagnoses. */
  withoutPhoto: number;
  unknownLabels: string[];
  /** Rows that fit several photos, that name a photo again, or whose photo has another ending. */
  rows: Pick<Plan, 'ambiguous' | 'contradicted' | 'moved' | 'repeated'>;
  /** What was said of the table as it was read. */
  notes: readonly TableNote[];
}

/**
 * Reads diagnoses out of a table in the form that Evaluate reads (docs/evaluation.md): a column of file names
 * and one of labels; columns `structures` (with semicolons between them) and `credit` are taken too. Fails
 * with "table-too-large" and "labels-invalid".
 */
export async function diagnosesFromTable(
  file: Blob,
  cases: readonly TeachingCase[],
): Promise<Result<TableOutcome>> {
  if (file.size > maxTableBytes)
    return failure('table-too-large', { bytes: file.size, limit: maxTableBytes });
  const table = readLabelTable(new Uint8Array(await file.arrayBuffer()));
  if (!table.ok) return table;
  const { rows, notes } = table.value;
  const named = cases.flatMap(({ photo, name }) => (name === null ? [] : [{ path: photo, as: name }]));
  const found = resolveNames(
    rows.map((row) => row.file),
    named,
    rows.map((row) => row.label),
  );
  const said: TableOutcome['rows'] = { ambiguous: [], contradicted: [], moved: [], repeated: [] };
  const unknownLabels = new Set<string>();
  let withoutPhoto = 0;
  const changes = new Map<string, Partial<TeachingCase>>();
  for (const row of rows) {
    const photo = found.get(row.file);
    if (photo?.kind !== 'found') {
      if (photo) said[photo.kind].push(row.file);
      withoutPhoto += 1;
      continue;
    }
    if (changes.has(photo.path)) {
      said.repeated.push(row.file);
      continue;
    }
    if (photo.moved) said.moved.push(row.file);
    const diagnosis = diagnosisForLabel(row.label);
    if (!diagnosis && row.label !== '') unknownLabels.add(row.label);
    changes.set(photo.path, {
      ...(diagnosis && { diagnosis }),
      ...(row.columns.structures && { structures: structuresIn(row.columns.structures) }),
      ...(row.columns.credit && { credit: row.columns.credit.slice(0, longest.credit) }),
    });
  }
  return success({
    changes,
    given: [...changes.values()].filter(({ diagnosis }) => diagnosis).length,
    withoutPhoto,
    unknownLabels: [...unknownLabels],
    rows: said,
    notes,
  });
}

const structuresIn = (cell: string): Structure[] => {
  const words = cell.split(/[;|,]/).map((word) => word.trim().toLowerCase().replace(/\s+/g, '-'));
  return structures.filter((structure) => words.includes(structure));
};
