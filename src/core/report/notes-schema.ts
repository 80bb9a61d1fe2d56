import { z } from 'zod';
import { originSchema } from '../patient/photo-origin';
import { squareSchema } from './finding-schema';

/**
 * What a clinician drew and noted beside an answer, as JSON: with it the work on a photo can go on elsewhere. The
 * outline drawn by hand is in the analysis. Places in pixels of the upright photo.
 */

const point = z.object({ x: z.number(), y: z.number() });
export const lineSchema = z.object({ from: point, to: point });

export const marksSchema = z.array(z.enum(['starred', 'reviewed', 'setAside']));

export const impressionSchema = z.object({
  label: z.string().min(1).max(200),
  recordedAt: z.iso.datetime(),
  beforeAnswer: z.boolean(),
});

export const notesSchema = z.object({
  /** Where the user had the model look; null where that was left to the engine. */
  square: squareSchema.nullable(),
  /** Squares that the user keeps for further lesions. */
  squares: z.array(squareSchema),
  /** Millimetres a pixel. */
  scale: z.number().positive().nullable(),
  /** Measuring lines. */
  lines: z.array(lineSchema),
  marks: marksSchema,
  /** What is known of the patient: by the id of a card's field, the place on the body under "site". */
  metadata: z.record(z.string(), z.union([z.string(), z.number()])),
  impression: impressionSchema.nullable(),
  // Later than the others: a file of before has none of them.
  /** Which of `metadata` a DICOM file gave. */
  fromFile: z.array(z.string()).readonly().optional(),
  /** Which of `metadata` the name of the file or of its folder gave. */
  fromName: z.array(z.string()).readonly().optional(),
  /** Whose photo it is and of when, as names and DICOM tags have it; the lesion that it was brought for or saved to. */
  origin: originSchema.optional(),
  /** True for a picture that our own code drew: it shows no person. */
  synthetic: z.literal(true).optional(),
  /** The photo in the records that it is saved as. */
  photoId: z.string().nullable().optional(),
});

export type AnalysisNotes = z.output<typeof notesSchema>;
