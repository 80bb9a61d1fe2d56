import { z } from 'zod';
import type { Analysis } from '../analysis';
import { siteCalibrationSchema } from '../decision/site-calibration-schema';
import { withFileNames, withProgramNames } from './analysis-names';
import {
  attention,
  degradation,
  gate,
  lesion,
  modelMetadata,
  modelMetadataOfSchema1,
  panel,
  squareSchema,
  testTimeAugmentation,
  testTimeAugmentationOfSchema1,
  whatIf,
} from './finding-schema';
import { float32 } from './raster-schema';

/**
 * An `Analysis` as JSON: `z.encode` writes it, `z.decode` checks and reads it. Rasters become Base64 of their
 * bytes, little-endian. Numbers come back to the last bit. docs/analysis-json.md says what the fields mean.
 */

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

const activation = z
  .object({
    width: count,
    height: count,
    planes: z.array(z.object({ classId: z.string(), values: float32 })),
  })
  .refine(({ width, height, planes }) => planes.every(({ values }) => values.length === width * height), {
    message: 'a plane must hold width x height values',
  });

const provenanceSchema = z.object({
  appVersion: z.string(),
  packageId: z.string(),
  packageVersion: z.string(),
  packageHash: z.string(),
  backend: z.enum(['webgpu', 'wasm']),
  adapter: z.string(),
  preprocessing: z.literal(1),
});

const shared = {
  schema: z.literal(1),
  createdAt: z.iso.datetime(),
  provenance: provenanceSchema,
  photo: z.object({ width: count, height: count }),
  square: squareSchema,
  probabilities: z
    .array(z.object({ id: z.string(), logit: z.number(), raw: share, calibrated: share }))
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, {
      message: 'a class stands twice',
    }),
  conformalSet: z.array(z.string()),
  decision: z
    .object({
      positive: z.array(z.string()),
      probability: share,
      threshold: share,
      above: z.boolean(),
      wanted: share.nullable().default(null),
    })
    .nullable(),
  activation: activation.nullable(),
  // Later than the others: a file from before has none of them.
  unsure: z.boolean().default(false),
  panel: panel.nullable().default(null),
  siteCalibration: siteCalibrationSchema.nullable().default(null),
  gate: gate.nullable().default(null),
  embedding: z.array(z.number()).nullable().default(null),
  lesion: lesion.nullable().default(null),
  attention: attention.nullable().default(null),
  whatIf: whatIf.nullable().default(null),
  timings: z.object({ decode: z.number(), resize: z.number(), network: z.number(), total: z.number() }),
};

const outOfDistribution = { score: z.number(), threshold: z.number(), refused: z.boolean().default(false) };

export const analysisSchema = z.object({
  ...shared,
  outOfDistribution: z.object({ ...outOfDistribution, inDistribution: z.boolean() }).nullable(),
  modelMetadata: modelMetadata.nullable(),
  testTimeAugmentation: testTimeAugmentation.nullable(),
  degradations: z.array(degradation),
});

export type AnalysisJson = z.input<typeof analysisSchema>;

/** By the names of files of schema 1 and of archives (analysis-names.ts). */
export const analysisFileSchema = z.object({
  ...shared,
  outOfDistribution: z.object({ ...outOfDistribution, familiar: z.boolean() }).nullable(),
  told: modelMetadataOfSchema1.nullable().default(null),
  steadiness: testTimeAugmentationOfSchema1.nullable().default(null),
  setbacks: z.array(degradation).default([]),
});

export const analysisSchema1 = z.codec(analysisFileSchema, z.custom<Analysis>(), {
  decode: withProgramNames,
  encode: withFileNames,
});

// A field added to Analysis and forgotten here would be lost on the way through a file: then one of these
// lines does not compile.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Decoded = z.output<typeof analysisSchema>;
type Decoded1 = ReturnType<typeof withProgramNames<z.output<typeof analysisFileSchema>>>;
true satisfies Same<keyof Analysis, keyof Decoded> & Same<keyof Analysis, keyof Decoded1>;
true satisfies Same<Analysis, Decoded> & Same<Analysis, Decoded1>;
