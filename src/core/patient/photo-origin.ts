import { z } from 'zod';
import { bodySides } from './body-areas';
import { bodyPlaces } from './body-sites';

/** What of an origin a DICOM file may say. */
const identityFields = ['patient', 'day', 'side'] as const;

/** Whose photo it is, of when and of what place, as file and folder names or DICOM tags have it, as JSON. */
export const originSchema = z.object({
  /** What the patient is called. */
  patient: z.string().nullable(),
  /** "2026-03-12". */
  day: z.string().nullable(),
  site: z.enum(bodyPlaces).nullable(),
  side: z.enum(['left', 'right']).nullable(),
  /** What tells the lesions of one place apart. */
  lesion: z.string().nullable(),
  /** The lesion in the records that it was brought for, on purpose. */
  lesionId: z.string().nullable(),
  /** Which of these a DICOM file said; without it, none. */
  fromFile: z.array(z.enum(identityFields)).readonly().optional(),
});

export type PhotoOrigin = z.output<typeof originSchema>;

/** What a photo was saved as to a case, as JSON. */
export const savedSchema = z.object({
  /** The lesion in the records; null where only a file says what it was saved as. */
  lesionId: z.string().nullable(),
  /** The photo in the records. Later than the lesion: a session of before does not say it. */
  photoId: z.string().nullable().default(null),
  /** What patient and lesion are called there; null of one without a name. */
  patient: z.string().nullable(),
  lesion: z.string().nullable(),
  side: z.enum(bodySides).nullable(),
  /** A file says so, and the records here have been found to hold no such photo, or not been asked yet. */
  fromFile: z.literal(true).optional(),
});

export type SavedAs = z.output<typeof savedSchema>;

/**
 * An origin that leaves this machine without whose photo it is: no patient, day or lesion, and nothing that a DICOM
 * file said.
 */
export function withoutIdentity({ fromFile = [], ...origin }: PhotoOrigin): PhotoOrigin {
  const said = Object.fromEntries(fromFile.map((field) => [field, null]));
  return { ...origin, ...said, patient: null, day: null, lesion: null, lesionId: null };
}
