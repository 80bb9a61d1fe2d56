import { z } from 'zod';
import type { Analysis, LesionSearch } from '../core/analysis';
import { bodyAreas, bodySides, figureIds } from '../core/patient/body-areas';
import { withFileNames, withProgramNames } from '../core/report/analysis-names';
import { analysisFileSchema } from '../core/report/analysis-schema';
import { attention, lesion as lesionSearch } from '../core/report/finding-schema';
import { otherLesionSchema, unaskedLesionsSchema } from '../core/report/other-lesions';
import { mask } from '../core/report/raster-schema';

/**
 * What the user keeps, one record a thing, each with the version of its shape. A case is a lesion: it belongs
 * to at most one patient, and has photos over time, each with the analyses of the spots in it. Records are
 * plain data; `z.encode` and `z.decode` take them to JSON and back (archive.ts). Times are ISO 8601, UTC.
 */

const id = z.string().min(1).max(100);
const time = z.iso.datetime();
/** `deletedAt`: deleted, but still there to be brought back. */
const base = { schema: z.literal(1), id, createdAt: time, deletedAt: time.nullable() };
const label = z.string().max(200);
const tags = z.array(z.string().min(1).max(60)).max(50);
const notes = z.string().max(20_000);
const years = z.number().int().min(0).max(120);
const sex = z.enum(['female', 'male', 'other']);
/** A day of the user's calendar, "2026-11-29"; records of earlier versions have none. */
const nextVisit = z.iso.date().nullable().default(null);
const share = z.number().min(0).max(1);

export const patientSchema = z.object({
  ...base,
  /** What the clinician calls the patient here; no name is asked for. */
  alias: label,
  birthYear: z.number().int().min(1880).max(2200).nullable(),
  /** In years, where the birth year is not known; as of `createdAt`. */
  age: years.nullable(),
  sex: sex.nullable(),
  notes,
  nextVisit,
});

export const lesionSchema = z.object({
  ...base,
  patientId: id.nullable(),
  label,
  /** The id of a site, such as a site group of core/patient/patient-facts.ts. */
  site: z.string().max(60).nullable(),
  /** The patient's own side. Side and spot came later: records of earlier versions have none. */
  side: z.enum(bodySides).nullable().default(null),
  /** Where on the body map. */
  spot: z
    .object({ figure: z.enum(figureIds), area: z.enum(bodyAreas).nullable(), x: share, y: share })
    .nullable()
    .default(null),
  /** One a photo, the last one counts. Labels are class ids or the clinician's own words. */
  impressions: z.array(
    z.object({ photoId: id, label: label.min(1), recordedAt: time, beforeAnswer: z.boolean() }),
  ),
  histology: z.object({ label: label.min(1), recordedAt: time, notes }).nullable(),
  notes,
  tags,
  /** When this lesion is to be seen again, whatever is planned for the patient. */
  nextVisit,
});

export const photoSchema = z.object({
  ...base,
  /** More than one where several lesions stand in one photo. */
  lesionIds: z.array(id).min(1),
  name: label,
  takenAt: time,
  /** Pixels, upright. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Of the image file, which is kept apart (database.ts). */
  type: z.string(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Millimetres a pixel. */
  scale: z.number().positive().nullable(),
  source: z.enum(['file', 'camera', 'paste', 'dicom', 'heic', 'synthetic']),
  /** What a DICOM file said. Kept apart, so that it can be left out of whatever leaves the program. */
  dicom: z
    .object({
      age: years.nullable(),
      sex: sex.nullable(),
      site: z.string().nullable(),
      scale: z.number().positive().nullable(),
      orientation: z.string().nullable(),
      frames: z.number().int().positive(),
    })
    .nullable(),
});

/** An analysis without its rasters. */
export type StoredAnalysis = Omit<Analysis, 'activation' | 'attention' | 'lesion'> & {
  activation: null;
  attention: null;
  lesion: (Omit<LesionSearch, 'mask'> & { mask: null }) | null;
};

export const entrySchema = z.object({
  ...base,
  photoId: id,
  lesionId: id,
  /** Without its rasters, which are stored apart. */
  analysis: z.codec(
    analysisFileSchema.extend({
      activation: z.null(),
      attention: z.null(),
      lesion: lesionSearch.extend({ mask: z.null() }).nullable(),
    }),
    z.custom<StoredAnalysis>(),
    { decode: withProgramNames, encode: withFileNames },
  ),
  /** What was said of the other lesions in the photo then; entries of earlier versions have none. */
  otherLesions: z.array(otherLesionSchema).optional(),
  /** Those that had no answer then; later than the others. */
  unaskedLesions: z.array(unaskedLesionsSchema).optional(),
});

/** The rasters of an entry, under its id. */
export const rastersSchema = z.object({
  id,
  activation: analysisFileSchema.shape.activation,
  attention: attention.nullable(),
  /** The outline of the lesion, as `LesionSearch.mask` has it. */
  mask: mask.nullable(),
});

export const recordSchemas = {
  patients: patientSchema,
  lesions: lesionSchema,
  photos: photoSchema,
  entries: entrySchema,
} as const;
