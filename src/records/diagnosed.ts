import type { IDBPDatabase } from 'idb';
import type { Provenance } from '../core/analysis';
import type { Stores } from './migrations';
import type { AnalysisEntry, RecordLesion } from './record';

/** One package in one version: an embedding means nothing to any other. */
export type PackageVersion = Pick<Provenance, 'packageId' | 'packageHash'>;

/** A photo of a lesion with a known histology, as one package saw it. */
export interface DiagnosedPhoto {
  photoId: string;
  /** The lesion's id. */
  lesion: string;
  /** What the lesion is called. */
  name: string;
  /** What the laboratory found: a class id, or the clinician's own words. */
  diagnosis: string;
  /** A unit vector. */
  vector: Float32Array;
}

/** All that photos can be held against in the records. */
export interface DiagnosedPhotos {
  /** The ids of the lesions with a known histology, whatever package saw them. */
  lesions: string[];
  /** Those photos of them that this package in this version saw. */
  photos: DiagnosedPhoto[];
}

/** Records that are asked for at a time, so that the page can answer a press in between. */
const atOnce = 50;

/**
 * Reads the embeddings of lesions with a known histology, and nothing of any other: lesions first, which are
 * small, then by the index the entries of those that count. Neither photos nor rasters are read. The signal
 * ends it early with what was read until then.
 */
export async function readDiagnosed(
  database: IDBPDatabase<Stores>,
  of: PackageVersion,
  signal?: AbortSignal,
): Promise<DiagnosedPhotos> {
  const lesions = await diagnosedLesions(database, signal);
  const photos: DiagnosedPhoto[] = [];
  for (let from = 0; from < lesions.length && !signal?.aborted; from += atOnce) {
    const some = lesions.slice(from, from + atOnce);
    const entries = await Promise.all(
      some.map(({ id }) => database.getAllFromIndex('entries', 'lesionId', id)),
    );
    for (const [index, { id, label, diagnosis }] of some.entries()) {
      for (const entry of entries[index] ?? []) {
        const vector = vectorOf(entry, of);
        if (vector) photos.push({ photoId: entry.photoId, lesion: id, name: label, diagnosis, vector });
      }
    }
  }
  return { lesions: lesions.map(({ id }) => id), photos };
}

interface DiagnosedLesion {
  id: string;
  label: string;
  diagnosis: string;
}

async function diagnosedLesions(
  database: IDBPDatabase<Stores>,
  signal?: AbortSignal,
): Promise<DiagnosedLesion[]> {
  const found: DiagnosedLesion[] = [];
  let range: IDBKeyRange | null = null;
  while (!signal?.aborted) {
    const some: RecordLesion[] = await database.getAll('lesions', range, 10 * atOnce);
    const last = some.at(-1);
    if (!last) break;
    for (const { id, label, deletedAt, histology } of some) {
      if (deletedAt === null && histology?.label) found.push({ id, label, diagnosis: histology.label });
    }
    range = IDBKeyRange.lowerBound(last.id, true);
  }
  return found;
}

/** The embedding of an entry that is not deleted and by this very package; null of any other. */
function vectorOf({ deletedAt, analysis }: AnalysisEntry, of: PackageVersion): Float32Array | null {
  const { embedding, provenance } = analysis;
  const fits = provenance.packageId === of.packageId && provenance.packageHash === of.packageHash;
  if (deletedAt !== null || !fits || !Array.isArray(embedding)) return null;
  const vector = Float32Array.from(embedding);
  return vector.length > 0 && vector.every(Number.isFinite) ? vector : null;
}
