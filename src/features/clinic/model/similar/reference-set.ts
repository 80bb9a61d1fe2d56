import { z } from 'zod';

/**
 * A folder of one's own photos with their diagnoses, as one package saw them, to hold other photos against. The
 * photos themselves are not kept: a vector, a small picture and the diagnosis of each are.
 */
export const referenceSetSchema = z.object({
  schema: z.literal(1),
  id: z.string().min(1),
  name: z.string().min(1).max(200),
  packageId: z.string().min(1),
  packageVersion: z.string(),
  /** It fits no other version of the package. */
  packageHash: z.string(),
  createdAt: z.iso.datetime(),
  /** Photos with a diagnosis that the folder had. */
  planned: z.number().int().nonnegative(),
  /** Those that are in the set; fewer where it was stopped, or where photos had no answer. */
  photos: z.number().int().nonnegative(),
  /** Lesions that they show. */
  lesions: z.number().int().nonnegative(),
});

export type ReferenceSet = z.output<typeof referenceSetSchema>;

const referencePhotoSchema = z.object({
  id: z.string().min(1),
  setId: z.string().min(1),
  /** The table's lesion, or else the photo itself. */
  lesion: z.string(),
  /** The file's name. */
  name: z.string(),
  /** As the table or the folder has it, in lower case. */
  diagnosis: z.string().min(1),
  vector: z.instanceof(Float32Array<ArrayBufferLike>),
});

export type ReferencePhoto = z.output<typeof referencePhotoSchema>;

/** The photos of a set follow each other in the order of their keys. */
export const photoIdOf = (setId: string, index: number) => `${setId}/${String(index).padStart(7, '0')}`;

/** What is stored, record by record: one that is odd costs no other. */
export const readSets = (stored: readonly unknown[]): ReferenceSet[] =>
  stored.flatMap((set) => referenceSetSchema.safeParse(set).data ?? []);

export const readPhotos = (stored: readonly unknown[]): ReferencePhoto[] =>
  stored.flatMap((photo) => referencePhotoSchema.safeParse(photo).data ?? []);
