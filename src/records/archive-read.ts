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
import { type OpenArchive, openArchive } from './open-archive';
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
    /** Taken over all the same, with the last `maxImpressions` of them. */
    | 'impressions-left-out'
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

/** Impressions that a lesion is imported with: one a photo is usual. */
export const maxImpressions = 1000;

/**
 * Reads and checks an archive; writes nothing. What unpacking would cost is judged by the directory, before
 * anything is unpacked; then the files come one by one. What is wrong with a single record leaves that record
 * out and is listed in `skipped`. Fails with "archive-unreadable" where the file is no archive of ours,
 * "archive-too-large", and "archive-newer". `onProgress`: 0 to 1.
 */
export async function readArchive(
  file: Blob,
  onProgress: (fraction: number) => void = () => {},
): Promise<Result<ArchiveContents>> {
  const opened = await openArchive(file);
  if (!opened.ok) return opened;
  const { json, blob, paths } = opened.value;
  const manifest = manifestOf(await json('lentigo.json'));
  if (!manifest.ok) return manifest;
  let read = 0;
  const step = () => onProgress(Math.min(1, ++read / Math.max(1, paths)));

  const skipped: Skipped[] = [];
  const list = async <T extends { id: string }>(path: string, decode: Decode<T>) => {
    const records = recordsOf(path, await json(path), decode, skipped);
    step();
    return records;
  };
  const patients = await list('patients.json', (record) => safe(patientSchema, record));
  const patientIds = new Set(patients.map(({ id }) => id));
  const lesions = (await list('lesions.json', (record) => safe(lesionSchema, record)))
    .map((lesion) => knownPatient(lesion, patientIds, skipped))
    .map((lesion) => fewImpressions(lesion, skipped));
  const lesionIds = new Set(lesions.map(({ id }) => id));
  const records = await list('photos.json', (record) => safe(photoSchema, record));
  const { photos, images } = await photosOf(records, blob, lesionIds, skipped, step);
  const photoIds = new Set(photos.map(({ id }) => id));
  const entries = (await list('entries.json', (record) => safe(entrySchema, record))).filter((entry) => {
    const whole = photoIds.has(entry.photoId) && lesionIds.has(entry.lesionId);
    if (!whole) skipped.push({ what: `entry ${entry.id}`, reason: 'photo-or-lesion-missing', detail: '' });
    return whole;
  });
  const rasters = await rastersOf(entries, opened.value, skipped, step);
  onProgress(1);
  return success({
    manifest: manifest.value,
    records: { patients, lesions, photos, entries },
    images,
    rasters,
    skipped,
  });
}

type Decode<T> = (json: unknown) => { success: true; data: T } | { success: false; error: z.ZodError };

const safe = <S extends z.ZodType>(schema: S, json: unknown) => z.safeDecode(schema, json as z.input<S>);

function manifestOf(json: unknown): Result<Manifest> {
  const looked = z.object({ format: z.literal(archiveFormat), schema: z.number() }).safeParse(json);
  if (!looked.success) return failure('archive-unreadable', { reason: 'lentigo.json' });
  if (looked.data.schema > archiveSchema) return failure('archive-newer', { schema: looked.data.schema });
  const parsed = manifestSchema.safeParse(json);
  return parsed.success ? success(parsed.data) : failure('archive-unreadable', { reason: 'lentigo.json' });
}

function recordsOf<T extends { id: string }>(
  path: string,
  json: unknown,
  decode: Decode<T>,
  skipped: Skipped[],
): T[] {
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

function fewImpressions(lesion: RecordLesion, skipped: Skipped[]): RecordLesion {
  const { id, impressions } = lesion;
  if (impressions.length <= maxImpressions) return lesion;
  const detail = String(impressions.length - maxImpressions);
  skipped.push({ what: `lesion ${id}`, reason: 'impressions-left-out', detail });
  return { ...lesion, impressions: impressions.slice(-maxImpressions) };
}

async function photosOf(
  all: RecordPhoto[],
  blob: OpenArchive['blob'],
  lesionIds: ReadonlySet<string>,
  skipped: Skipped[],
  step: () => void,
) {
  const photos: RecordPhoto[] = [];
  const images = new Map<string, Blob>();
  for (const photo of all) {
    const known = photo.lesionIds.filter((id) => lesionIds.has(id));
    const image = await blob(imagePath(photo.id));
    step();
    const leaveOut = (reason: Skipped['reason']) =>
      skipped.push({ what: `photo ${photo.id}`, reason, detail: photo.name });
    if (known.length === 0) leaveOut('photo-or-lesion-missing');
    else if (image === undefined) leaveOut('image-missing');
    else if (image === null || (await hashOf(image)) !== photo.sha256) leaveOut('image-damaged');
    else {
      photos.push({ ...photo, lesionIds: known });
      images.set(photo.id, new Blob([image], { type: photo.type }));
    }
  }
  return { photos, images };
}

const hashOf = async (image: Blob) => sha256(new Uint8Array(await image.arrayBuffer()));

async function rastersOf(
  entries: AnalysisEntry[],
  archive: OpenArchive,
  skipped: Skipped[],
  step: () => void,
): Promise<Map<string, EntryRasters>> {
  const rasters = new Map<string, EntryRasters>();
  for (const { id } of entries) {
    const path = rastersPath(id);
    // An entry without maps has no such file.
    if (!archive.has(path)) continue;
    const decoded = safe(rastersSchema, await archive.json(path));
    step();
    if (decoded.success && decoded.data.id === id) rasters.set(id, decoded.data);
    else skipped.push({ what: path, reason: 'rasters-left-out', detail: '' });
  }
  return rasters;
}
