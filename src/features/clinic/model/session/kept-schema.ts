import { z } from 'zod';
import { siteGroups } from '../../../../core/patient/patient-facts';
import { originSchema, savedSchema } from '../../../../core/patient/photo-origin';
import { marksSchema } from '../../../../core/report/notes-schema';
import { otherLesionSchema } from '../../../../core/report/other-lesions';
import { photoSchema } from '../../../../records/record-schemas';

/** What of a session is kept: plain data, read through its schema, so that one odd record costs no other. */

const id = z.string().min(1).max(100);
export const squareSchema = z.object({ left: z.number(), top: z.number(), side: z.number().positive() });
const point = z.object({ x: z.number(), y: z.number() });
const drawnMask = z.object({
  of: squareSchema,
  raster: z
    .object({
      width: z.number().int().positive(),
      height: z.number().int().positive(),
      data: z.instanceof(Uint8Array<ArrayBufferLike>),
    })
    .refine(({ width, height, data }) => data.length === width * height),
  edits: z.array(z.object({ indices: z.instanceof(Uint32Array<ArrayBufferLike>) })).readonly(),
});

export const keptPhotoSchema = z.object({
  id,
  name: z.string(),
  bytes: z.number().nonnegative(),
  source: photoSchema.shape.source,
  synthetic: z.boolean(),
  dicom: photoSchema.shape.dicom
    .unwrap()
    .extend({ site: z.enum(siteGroups).nullable() })
    .nullable(),
  square: squareSchema.nullable(),
  squares: z.array(squareSchema).readonly(),
  mask: drawnMask.nullable(),
  outlines: z.array(drawnMask).readonly(),
  // Later than the others: a session of before has none.
  lines: z
    .array(z.object({ from: point, to: point }))
    .readonly()
    .default([]),
  lesionsSaid: z
    .array(z.object({ packageId: id, lesion: otherLesionSchema }))
    .readonly()
    .default([]),
  origin: originSchema.nullable().optional(),
  saved: savedSchema.nullable().optional(),
  scale: z.number().positive().nullable(),
  overruled: z.boolean(),
  metadata: z
    .object({
      values: z.record(z.string(), z.union([z.string(), z.number()])),
      fromFile: z.array(z.string()).readonly(),
      fromName: z.array(z.string()).readonly().optional(),
    })
    .nullable(),
  impression: z
    .object({ label: z.string().min(1), recordedAt: z.iso.datetime(), beforeAnswer: z.boolean() })
    .nullable(),
  passed: z.boolean(),
  marks: marksSchema.readonly().optional(),
});

/** A photo of the queue with what the user drew and noted; its answers are kept beside it. */
export type KeptPhoto = z.output<typeof keptPhotoSchema>;

export const keptSessionSchema = z.object({
  schema: z.literal(1),
  id,
  /** Of the last change. ISO 8601, UTC. */
  savedAt: z.iso.datetime(),
  /** In the order of the queue. */
  photoIds: z.array(id),
  selectedId: id.nullable(),
  packageId: id.nullable(),
  /** Asked of the threshold, 0 to 1; null for each card's own. A session of before has none. */
  sensitivity: z.number().min(0).max(1).nullable().default(null),
  impressionFirst: z.boolean(),
});

/** One visit: a page of the clinic from its opening to its end. */
export type KeptSession = z.output<typeof keptSessionSchema>;
