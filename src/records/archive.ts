import { z } from 'zod';
import { failure, type Result } from '../core/failure';
import type { CaseDatabase } from './database';
import { hasRasters, type RecordPhoto, type Records } from './record';
import { entrySchema, rastersSchema } from './record-schemas';
import { alive } from './undo';
import { createZipWriter, largestZip } from './zip-writer';

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
  if (bytes > largestZip) return failure('file-too-large', { bytes });

  const zip = createZipWriter();
  const manifest: Manifest = { format: archiveFormat, schema: archiveSchema, ...options.manifest };
  zip.addJson('lentigo.json', manifest);
  zip.addJson('patients.json', records.patients);
  zip.addJson('lesions.json', records.lesions);
  zip.addJson('photos.json', records.photos);
  zip.addJson(
    'entries.json',
    records.entries.map((entry) => z.encode(entrySchema, entry)),
  );
  for (const [index, { id }] of records.photos.entries()) {
    const image = await database.image(id);
    if (image) zip.add(imagePath(id), new Uint8Array(await image.arrayBuffer()));
    options.onProgress?.((index + 1) / (records.photos.length + 1));
  }
  for (const { id } of records.entries) {
    const rasters = await database.rasters(id);
    if (rasters && hasRasters(rasters)) zip.addJson(rastersPath(id), z.encode(rastersSchema, rasters));
  }
  const made = zip.end();
  if (made.ok) options.onProgress?.(1);
  return made;
}

function withoutDicom(records: Records, withMetadata: boolean): Records {
  if (withMetadata) return records;
  return { ...records, photos: records.photos.map((photo): RecordPhoto => ({ ...photo, dicom: null })) };
}
