import type { output } from 'zod';
import type { Analysis } from '../core/analysis';
import type { entrySchema, lesionSchema, patientSchema, photoSchema, rastersSchema } from './record-schemas';

export type Patient = output<typeof patientSchema>;
export type RecordLesion = output<typeof lesionSchema>;
export type RecordPhoto = output<typeof photoSchema>;
export type AnalysisEntry = output<typeof entrySchema>;
export type EntryRasters = output<typeof rastersSchema>;

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

export function joinAnalysis(
  { analysis }: Pick<AnalysisEntry, 'analysis'>,
  rasters: EntryRasters | null,
): Analysis {
  const { activation = null, attention = null, mask = null } = rasters ?? {};
  return { ...analysis, activation, attention, lesion: analysis.lesion && { ...analysis.lesion, mask } };
}

/** Whether there is anything in them. */
export const hasRasters = ({ activation, attention, mask }: EntryRasters) =>
  activation !== null || attention !== null || mask !== null;

/**
 * Years on a day (ISO 8601): from the birth year, or else the age as it was noted and the years since. Null
 * where neither is known.
 */
export function ageOn(patient: Patient, day: string): number | null {
  const year = new Date(day).getFullYear();
  if (patient.birthYear !== null) return Math.max(0, year - patient.birthYear);
  if (patient.age === null) return null;
  return Math.max(0, patient.age + year - new Date(patient.createdAt).getFullYear());
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
    side: null,
    spot: null,
    impressions: [],
    histology: null,
    notes: '',
    tags: [],
    nextVisit: null,
  };
}

export function blankPatient(base: ReturnType<typeof freshRecord>): Patient {
  return { ...base, alias: '', birthYear: null, age: null, sex: null, notes: '', nextVisit: null };
}
