import { z } from 'zod';
import type { Analysis, LesionSearch } from '../core/analysis';
import { withFileNames, withProgramNames } from '../core/report/analysis-names';
import { analysisFileSchema } from '../core/report/analysis-schema';
import { attention, lesion as lesionSearch } from '../core/report/finding-schema';
import { mask } from '../core/report/raster-schema';

/**
 * What the user keeps, one record a thing, each with the version of its shape. A case is a lesion: it belongs to at most one patient, and
 * has photos over time, each with the analyses of the spots in it. Records are plain data; `z.encode` and `z.decode` take them to JSON
 * and back (archive.ts). Times are ISO 8601, UTC.
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

export const patientSchema = z.object({
  ...base,
  /** What the clinician calls the patient here; no name is asked for. */
  alias: label,
  birthYear: z.number().int().min(1880).max(2200).nullable(),
  /** In years, where the birth year is not known; as of `createdAt`. */
  age: years.nullable(),
  sex: sex.nullable(),
  notes,
});

export const lesionSchema = z.object({
  ...base,
  patientId: id.nullable(),
  label,
  /** The id of a site, such as a site group of core/patient/patient-facts.ts. */
  site: z.string().max(60).nullable(),
  /** One a photo, the last one counts. Labels are class ids or the clinician's own words. */
  impressions: z.array(
    z.object({ photoId: id, label: label.min(1), recordedAt: time, beforeAnswer: z.boolean() }),
  ),
  histology: z.object({ label: label.min(1), recordedAt: time, notes }).nullable(),
  notes,
  tags,
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
});

/** The rasters of an entry, under its id. */
export const rastersSchema = z.object({
  id,
  activation: analysisFileSchema.shape.activation,
  attention: attention.nullable(),
  /** The outline of the lesion, as `LesionSearch.mask` has it. */
  mask: mask.nullable(),
});

export type Patient = z.output<typeof patientSchema>;
export type RecordLesion = z.output<typeof lesionSchema>;
export type RecordPhoto = z.output<typeof photoSchema>;
export type AnalysisEntry = z.output<typeof entrySchema>;
export type EntryRasters = z.output<typeof rastersSchema>;

/** The four kinds of record that can be deleted and brought back. */
export interface Records {
  patients: Patient[];
  lesions: RecordLesion[];
  photos: RecordPhoto[];
  entries: AnalysisEntry[];
}

export type Kind = keyof Records;
export const kinds = ['patients', 'lesions', 'photos', 'entries'] as const satisfies Kind[];

/** Takes an analysis apart into what the store holds and the rasters that are kept beside it. */
export function splitAnalysis(
  id: string,
  analysis: Analysis,
): { analysis: AnalysisEntry['analysis']; rasters: EntryRasters } {
  const { activation, attention, lesion } = analysis;
  return {
    analysis: { ...analysis, activation: null, attention: null, lesion: lesion && { ...lesion, mask: null } },
    rasters: { id, activation, attention, mask: lesion?.mask ?? null },
  };
}

export function joinAnalysis({ analysis }: AnalysisEntry, rasters: EntryRasters | null): Analysis {
  const { activation = null, attention = null, mask = null } = rasters ?? {};
  return { ...analysis, activation, attention, lesion: analysis.lesion && { ...analysis.lesion, mask } };
}

/** Whether there is anything in them. */
export const hasRasters = ({ activation, attention, mask }: EntryRasters) =>
  activation !== null || attention !== null || mask !== null;

/** Years on a day (ISO 8601): from the birth year, or else the age as it was noted and the years since. Null where neither is known. */
export function ageOn(patient: Patient, day: string): number | null {
  const year = new Date(day).getUTCFullYear();
  if (patient.birthYear !== null) return Math.max(0, year - patient.birthYear);
  if (patient.age === null) return null;
  return Math.max(0, patient.age + year - new Date(patient.createdAt).getUTCFullYear());
}

/** What every record begins with: a new one, made now. */
export const freshRecord = (now = new Date()) => ({
  schema: 1 as const,
  id: crypto.randomUUID(),
  createdAt: now.toISOString(),
  deletedAt: null,
});

export function blankLesion(base: ReturnType<typeof freshRecord>): RecordLesion {
  return {
    ...base,
    patientId: null,
    label: '',
    site: null,
    impressions: [],
    histology: null,
    notes: '',
    tags: [],
  };
}

export function blankPatient(base: ReturnType<typeof freshRecord>): Patient {
  return { ...base, alias: '', birthYear: null, age: null, sex: null, notes: '' };
}
