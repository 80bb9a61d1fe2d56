import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { z } from 'zod';
import { failure, type Result, success } from '../core/failure';
import type { CaseDatabase } from './database';
import { hasRasters, type RecordPhoto, type Records } from './record';
import { entrySchema, rastersSchema } from './record-schemas';
import { alive } from './undo';

/**
 * All cases as one zip file: `lentigo.json` says what it is, `patients.json`, `lesions.json`, `photos.json`,
 * `entries.json` hold a list of records each, `rasters/<entry>.json` the maps and outlines, `images/<photo>`
 * the image files as they are. Any zip program opens it.
 */

export const archiveFormat = 'lentigo-cases';
export const archiveSchema = 1;

export const manifestSchema = z.object({
  format: z.literal(archiveFormat),
  schema: z.number().int().positive(),
  appVersion: z.string(),
  exportedAt: z.iso.datetime(),
  disclaimer: z.object({ en: z.string(), ko: z.string() }),
});

export type Manifest = z.infer<typeof manifestSchema>;

export const imagePath = (photoId: string) => `images/${photoId}`;
export const rastersPath = (entryId: string) => `rasters/${entryId}.json`;

/** fflate writes zips of up to 4 GiB. */
const largestArchive = 4 * 2 ** 30 - 2 ** 20;

export interface ExportOptions {
  manifest: Omit<Manifest, 'format' | 'schema'>;
  /** Takes along what DICOM files said beside their pictures: only where the user asks for it. */
  withDicomMetadata: boolean;
  /** 0 to 1. */
  onProgress?: (fraction: number) => void;
}

/**
 * Writes everything that is not deleted. Photos go one by one, so that not all of them are in memory at once.
 * Fails with "file-too-large" beyond 4 GiB.
 */
export async function exportArchive(database: CaseDatabase, options: ExportOptions): Promise<Result<Blob>> {
  const records = withoutDicom(alive((await database.read()).records), options.withDicomMetadata);
  const bytes = records.photos.reduce((sum, photo) => sum + photo.bytes, 0);
  if (bytes > largestArchive) return failure('file-too-large', { bytes });

  const parts: Blob[] = [];
  let written = 0;
  let broken: Error | null = null;
  const zip = new Zip((error, chunk) => {
    broken ??= error;
    // As a Blob at once: the browser may keep it on disk.
    parts.push(new Blob([new Uint8Array(chunk)]));
    written += chunk.length;
  });
  const add = (path: string, content: Uint8Array, packed: boolean) => {
    const file = packed ? new ZipDeflate(path, { level: 6 }) : new ZipPassThrough(path);
    zip.add(file);
    file.push(content, true);
  };
  const addJson = (path: string, value: unknown) => add(path, strToU8(JSON.stringify(value)), true);

  const manifest: Manifest = { format: archiveFormat, schema: archiveSchema, ...options.manifest };
  addJson('lentigo.json', manifest);
  addJson('patients.json', records.patients);
  addJson('lesions.json', records.lesions);
  addJson('photos.json', records.photos);
  addJson(
    'entries.json',
    records.entries.map((entry) => z.encode(entrySchema, entry)),
  );
  for (const [index, { id }] of records.photos.entries()) {
    const image = await database.image(id);
    // Compressing a JPEG or PNG once more gains nothing.
    if (image) add(imagePath(id), new Uint8Array(await image.arrayBuffer()), false);
    options.onProgress?.((index + 1) / (records.photos.length + 1));
  }
  for (const { id } of records.entries) {
    const rasters = await database.rasters(id);
    if (rasters && hasRasters(rasters)) addJson(rastersPath(id), z.encode(rastersSchema, rasters));
  }
  zip.end();
  if (broken) return failure('internal', { reason: String(broken) });
  if (written > largestArchive) return failure('file-too-large', { bytes: written });
  options.onProgress?.(1);
  return success(new Blob(parts, { type: 'application/zip' }));
}

function withoutDicom(records: Records, withMetadata: boolean): Records {
  if (withMetadata) return records;
  return { ...records, photos: records.photos.map((photo): RecordPhoto => ({ ...photo, dicom: null })) };
}
