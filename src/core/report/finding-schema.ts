import { z } from 'zod';
import { failureCodes } from '../failure';
import { dermoscopicColours } from '../lesion/morphology/colour';
import { levels, measures } from '../lesion/morphology/levels';
import { checks } from '../quality/limits';
import { float32, mask } from './raster-schema';

/**
 * The parts of an `Analysis` beside its probabilities, as JSON: gate, lesion and form, panel, attention,
 * what-if, test-time augmentation. `...OfSchema1`: by the names of old files and of archives.
 */

const share = z.number().min(0).max(1);
const count = z.number().int().nonnegative();
const point = z.object({ x: z.number(), y: z.number() });
const rectangle = z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() });

export const squareSchema = z.object({ left: z.number(), top: z.number(), side: z.number().positive() });

export const gate = z.object({
  accepted: z.boolean(),
  overruled: z.boolean(),
  checks: z.array(
    z.object({
      check: z.enum([...checks, 'distribution']),
      passed: z.boolean(),
      value: z.number(),
      limit: z.number(),
      severity: z.enum(['none', 'warn', 'refuse']),
    }),
  ),
});

const facts = z.record(z.string(), z.union([z.string(), z.number()]));
export const modelMetadata = z.object({ used: facts, missing: z.array(z.string()) });
export const modelMetadataOfSchema1 = z.object({ known: facts, unknown: z.array(z.string()) });

const morphology = z.object({
  measurements: z.array(
    z.object({
      measure: z.enum(measures),
      value: z.number(),
      range: z.tuple([z.number(), z.number().nullable()]).readonly(),
      level: z.enum(levels),
      key: z.string(),
    }),
  ),
  diameter: z.object({
    pixels: z.number(),
    millimetres: z.number().nullable(),
    key: z.enum([
      'morphology.diameter.no-scale',
      'morphology.diameter.under-6-mm',
      'morphology.diameter.6-mm-or-more',
    ]),
  }),
  colours: z.object({
    shares: z.record(z.enum(dermoscopicColours), share),
    present: z.array(z.enum(dermoscopicColours)),
  }),
  cutOff: z.boolean(),
  area: z.number(),
});

export const lesion = z.object({
  segmenter: z
    .object({ packageId: z.string(), packageVersion: z.string(), packageHash: z.string() })
    .nullable(),
  lesions: z.array(
    z.object({
      box: rectangle,
      centroid: point,
      outline: z.array(z.array(point)).default([]),
      share,
      meanProbability: share.nullable(),
      square: squareSchema,
    }),
  ),
  chosen: count.nullable(),
  mask: mask.nullable(),
  nothing: z.enum(['no-candidate', 'too-small', 'too-uncertain']).nullable(),
  morphology: morphology.nullable(),
  milliseconds: z.number(),
});

export const panel = z.array(
  z.object({
    packageId: z.string(),
    packageVersion: z.string(),
    packageHash: z.string(),
    weight: z.number(),
    logits: z.array(z.number()),
    probability: share.nullable(),
    flagged: z.boolean().nullable(),
  }),
);

export const attention = z
  .object({
    width: count,
    height: count,
    planes: z.array(z.object({ query: z.enum(['metadata', 'mask']), values: float32 })),
  })
  .refine(({ width, height, planes }) => planes.every(({ values }) => values.length === width * height), {
    message: 'a plane must hold width x height values',
  });

export const whatIf = z.array(
  z.object({
    field: z.string(),
    value: z.string(),
    probabilities: z.array(share),
    changes: z.array(z.number()),
    largest: share,
  }),
);

const spread = z.object({
  id: z.string(),
  mean: share,
  deviation: z.number(),
  lowest: share,
  highest: share,
});
const views = { classes: z.array(spread), views: count, agreement: share };
export const testTimeAugmentation = z.object({ ...views, coarse: z.array(spread) });
export const testTimeAugmentationOfSchema1 = z.object({ ...views, merged: z.array(spread).default([]) });

export const degradation = z.object({
  stage: z.enum(['lesion', 'network']),
  failure: z.object({
    code: z.enum(failureCodes),
    detail: z.record(z.string(), z.union([z.string(), z.number()])).readonly(),
  }),
});
