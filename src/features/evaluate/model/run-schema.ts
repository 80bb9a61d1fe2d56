import { z } from 'zod';
import { conformalSchema } from '../../../core/card/card-schema';
import { failureCodes } from '../../../core/failure';

/** Evaluations as they are stored in this browser and saved in files of parts. */

const count = z.number().int().nonnegative();
const text = z.string();
const share = z.number().min(0).max(1);
const failed = z.object({
  code: z.enum(failureCodes),
  detail: z.record(text, z.union([text, z.number()])),
});
/** What was said of one image. */
export const imageAnswerSchema = z.object({
  path: text,
  answers: z.record(
    text,
    z.discriminatedUnion('ok', [
      z.object({
        ok: z.literal(true),
        probabilities: z.array(share),
        milliseconds: z.number(),
        refused: z.array(text).optional(),
      }),
      z.object({ ok: z.literal(false), failure: failed }),
    ]),
  ),
  overlap: z.object({ both: count, answered: count, true: count }).nullable(),
  maskFailure: failed.nullable(),
  typologyAngle: z.number().nullable().optional(),
});
export const runPartSchema = z.object({
  shard: z.object({ index: z.number().int().min(1), count: z.number().int().min(2) }),
  total: count,
  fingerprint: text.regex(/^[0-9a-f]{64}$/),
});
/** An evaluation as it is kept, whether whole, a part or joined. */
export const runSchema = z.object({
  schema: z.literal(1),
  id: text.min(1),
  createdAt: z.iso.datetime(),
  name: text,
  models: z.array(
    z.object({
      packageId: text,
      classes: z.array(text),
      decision: z.object({ positive: z.array(text), threshold: share }).nullable(),
      conformal: conformalSchema.nullish(),
      labels: z.record(text, text.nullable()),
    }),
  ),
  provenance: z.record(
    text,
    z.object({
      appVersion: text,
      packageId: text,
      packageVersion: text,
      packageHash: text,
      backend: z.enum(['webgpu', 'wasm']),
      adapter: text,
      preprocessing: z.literal(1),
    }),
  ),
  images: z.array(
    z.object({
      path: text.min(1),
      size: count,
      label: text,
      columns: z.record(text, text),
      group: text,
      mask: text.nullable(),
    }),
  ),
  outlines: z.boolean(),
  skinTone: z.literal(true).optional(),
  segmenterId: text.nullish(),
  state: z.enum(['paused', 'done', 'cancelled']),
  done: count,
  part: runPartSchema.optional(),
  joined: z.object({ parts: count, backends: z.array(z.enum(['webgpu', 'wasm'])) }).optional(),
});
