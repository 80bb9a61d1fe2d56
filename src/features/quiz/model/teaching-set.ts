import { z } from 'zod';
import { diagnosisOf } from '../../../core/card/diagnoses';
import { type Diagnosis, diagnoses, maxCases, structures } from '../../../core/teaching/case-list';

/** Longest texts of a set: more is no title and no credit. */
export const longest = { title: 200, credit: 500, version: 40 } as const;

const teachingCaseSchema = z.object({
  /** SHA-256 of the photo's file, which has no metadata. */
  photo: z.string().regex(/^[0-9a-f]{64}$/),
  /** What the file was called where it came from. It stays on this machine: it may be somebody's name. */
  name: z.string().nullable(),
  title: z.object({ en: z.string(), ko: z.string() }).nullable(),
  credit: z.string(),
  synthetic: z.boolean(),
  /** Null until somebody says it; such a photo is never asked about. */
  diagnosis: z.enum(diagnoses).nullable(),
  structures: z.array(z.enum(structures)),
});
export type TeachingCase = z.output<typeof teachingCaseSchema>;

/** Plain, because it is a key and comes out of other people's files. */
export const setIdSchema = z.string().regex(/^[\w-]{1,64}$/);

export const teachingSetSchema = z.object({
  id: setIdSchema,
  title: z.string(),
  author: z.string(),
  licence: z.string(),
  version: z.string(),
  /** ISO 8601, UTC. */
  changedAt: z.iso.datetime(),
  cases: z.array(teachingCaseSchema).max(maxCases),
});

/** Photos to be asked about, as this browser keeps them. */
export type TeachingSet = z.output<typeof teachingSetSchema>;

/** What a set says of itself. */
export type SetFacts = Pick<TeachingSet, 'title' | 'author' | 'licence' | 'version'>;

/** What is stored, record by record: one that is odd costs no other. */
export const readStoredSets = (stored: readonly unknown[]): TeachingSet[] =>
  stored.flatMap((set) => teachingSetSchema.safeParse(set).data ?? []);

/** A photo's file as it is stored. Bytes, because WebKit's private windows store no Blob. */
export interface StoredPhoto {
  type: string;
  bytes: ArrayBuffer;
}

/** The diagnosis that a word of a table or a class of a model means; null of all others. */
export function diagnosisForLabel(label: string): Diagnosis | null {
  const words = diagnosisOf(label)?.words ?? [];
  return diagnoses.find((diagnosis) => words.includes(diagnosis)) ?? null;
}
