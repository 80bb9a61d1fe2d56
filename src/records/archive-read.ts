import { strFromU8, unzipSync } from 'fflate';
import { z } from 'zod';
import { failure, type Result, success } from '../core/failure';
import { sha256 } from '../core/sha256';
import {
  archiveFormat,
  archiveSchema,
  imagePath,
  type Manifest,
  manifestSchema,
  rastersPath,
} from './archive';
import type { AnalysisEntry, EntryRasters, RecordLesion, RecordPhoto, Records } from './record';
import { entrySchema, lesionSchema, patientSchema, photoSchema, rastersSchema } from './record-schemas';

/** Something in an archive that could not be taken over as it is. */
export interface Skipped {
  /** "photos.json, record 3" or the path in the archive. */
  what: string;
  reason:
    | 'not-json'
    | 'invalid'
    | 'twice'
    | 'image-missing'
    | 'image-damaged'
    | 'photo-or-lesion-missing'
    /** Taken over all the same, without its patient. */
    | 'patient-missing'
    /** Taken over all the same, without its maps and outline. */
    | 'rasters-left-out';
  detail: string;
}

/**
 * An archive that was checked through: every record fits its schema, every photo its hash, and nothing points
 * nowhere.
 */
export interface ArchiveContents {
  manifest: Manifest;
  records: Records;
  /** By photo id. */
  images: Map<string, Blob>;
  /** By entry id. */
  rasters: Map<string, EntryRasters>;
  skipped: Skipped[];
}

/** Unpacked; more than this does not come out of `exportArchive`. */
const largestContents = 5 * 2 ** 30;

/**
 * Reads and checks an archive; writes nothing. What is wrong with a single record leaves that record out and
 * is told in `skipped`. Fails with "archive-unreadable" where the file is no archive of ours, and
 * "archive-newer".
 */
export async function readArchive(file: Blob): Promise<Result<ArchiveContents>> {
  const files = await unpack(file);
  if (!files.ok) return files;
  const manifest = manifestOf(files.value['lentigo.json']);
  if (!manifest.ok) return manifest;

  const skipped: Skipped[] = [];
  const list = <T extends { id: string }>(path: string, decode: Decode<T>) =>
    recordsOf(path, files.value[path], decode, skipped);
  const patients = list('patients.json', (json) => safe(patientSchema, json));
  const lesions = list('lesions.json', (json) => safe(lesionSchema, json)).map((lesion) =>
    knownPatient(lesion, new Set(patients.map(({ id }) => id)), skipped),
  );
  const lesionIds = new Set(lesions.map(({ id }) => id));
  const { photos, images } = await photosOf(
    list('photos.json', (json) => safe(photoSchema, json)),
    files.value,
    lesionIds,
    skipped,
  );
  const photoIds = new Set(photos.map(({ id }) => id));
  const entries = list('entries.json', (json) => safe(entrySchema, json)).filter((entry) => {
    const whole = photoIds.has(entry.photoId) && lesionIds.has(entry.lesionId);
    if (!whole) skipped.push({ what: `entry ${entry.id}`, reason: 'photo-or-lesion-missing', detail: '' });
    return whole;
  });
  const rasters = rastersOf(entries, files.value, skipped);
  return success({
    manifest: manifest.value,
    records: { patients, lesions, photos, entries },
    images,
    rasters,
    skipped,
  });
}

type Files = Record<string, Uint8Array>;
type Decode<T> = (json: unknown) => { success: true; data: T } | { success: false; error: z.ZodError };

const safe = <S extends z.ZodType>(schema: S, json: unknown) => z.safeDecode(schema, json as z.input<S>);

async function unpack(file: Blob): Promise<Result<Files>> {
  try {
    let total = 0;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const files = unzipSync(bytes, {
      filter({ originalSize }) {
        total += originalSize;
        if (total > largestContents) throw new Error('too large');
        return true;
      },
    });
    return success(files);
  } catch (error) {
    return failure('archive-unreadable', { reason: String(error) });
  }
}

function manifestOf(bytes: Uint8Array | undefined): Result<Manifest> {
  const json = jsonOf(bytes);
  const looked = z.object({ format: z.literal(archiveFormat), schema: z.number() }).safeParse(json);
  if (!looked.success) return failure('archive-unreadable', { reason: 'lentigo.json' });
  if (looked.data.schema > archiveSchema) return failure('archive-newer', { schema: looked.data.schema });
  const parsed = manifestSchema.safeParse(json);
  return parsed.success ? success(parsed.data) : failure('archive-unreadable', { reason: 'lentigo.json' });
}

/** The JSON in a file; undefined if there is none. */
function jsonOf(bytes: Uint8Array | undefined): unknown {
  try {
    return bytes && JSON.parse(strFromU8(bytes));
  } catch {
    return undefined;
  }
}

function recordsOf<T extends { id: string }>(
  path: string,
  bytes: Uint8Array | undefined,
  decode: Decode<T>,
  skipped: Skipped[],
): T[] {
  const json = jsonOf(bytes);
  if (!Array.isArray(json)) {
    skipped.push({ what: path, reason: 'not-json', detail: '' });
    return [];
  }
  const records = new Map<string, T>();
  json.forEach((record, index) => {
    const what = `${path}, record ${index + 1}`;
    const decoded = decode(record);
    if (!decoded.success) skipped.push({ what, reason: 'invalid', detail: firstProblem(decoded.error) });
    else if (records.has(decoded.data.id)) skipped.push({ what, reason: 'twice', detail: decoded.data.id });
    else records.set(decoded.data.id, decoded.data);
  });
  return [...records.values()];
}

const firstProblem = ({ issues: [first] }: z.ZodError) => `${first?.path.join('.')}: ${first?.message}`;

function knownPatient(
  lesion: RecordLesion,
  patientIds: ReadonlySet<string>,
  skipped: Skipped[],
): RecordLesion {
  if (lesion.patientId === null || patientIds.has(lesion.patientId)) return lesion;
  skipped.push({ what: `lesion ${lesion.id}`, reason: 'patient-missing', detail: lesion.patientId });
  return { ...lesion, patientId: null };
}

async function photosOf(
  all: RecordPhoto[],
  files: Files,
  lesionIds: ReadonlySet<string>,
  skipped: Skipped[],
) {
  const photos: RecordPhoto[] = [];
  const images = new Map<string, Blob>();
  for (const photo of all) {
    const known = photo.lesionIds.filter((id) => lesionIds.has(id));
    const bytes = files[imagePath(photo.id)];
    const leaveOut = (reason: Skipped['reason']) =>
      skipped.push({ what: `photo ${photo.id}`, reason, detail: photo.name });
    if (known.length === 0) leaveOut('photo-or-lesion-missing');
    else if (!bytes) leaveOut('image-missing');
    else if ((await sha256(bytes)) !== photo.sha256) leaveOut('image-damaged');
    else {
      photos.push({ ...photo, lesionIds: known });
      images.set(photo.id, new Blob([new Uint8Array(bytes)], { type: photo.type }));
    }
  }
  return { photos, images };
}

function rastersOf(entries: AnalysisEntry[], files: Files, skipped: Skipped[]): Map<string, EntryRasters> {
  const rasters = new Map<string, EntryRasters>();
  for (const { id } of entries) {
    const path = rastersPath(id);
    // An entry without maps has no such file.
    if (!files[path]) continue;
    const decoded = safe(rastersSchema, jsonOf(files[path]));
    if (decoded.success && decoded.data.id === id) rasters.set(id, decoded.data);
    else skipped.push({ what: path, reason: 'rasters-left-out', detail: '' });
  }
  return rasters;
}
