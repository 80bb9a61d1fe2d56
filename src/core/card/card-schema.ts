import { z } from 'zod';
import { results } from './card-results-schema';
import { count, estimate, estimates, id, share, size, text } from './card-values';
import { kinds } from './kinds';

/**
 * card.json of a model package, schema 3: docs/model-package.md says what every field means. Unknown fields
 * are left out.
 */

/** `about`: what a screen that says it itself may leave out; none of the others may be left out. */
const limit = text.extend({ about: z.enum(['disclaimer', 'alarm-signs']).optional() });
/**
 * What something was fitted on: photos that no figure of the card is of, or the very photos of its figures,
 * which then flatter. Null or left out where the card does not say.
 */
const fittedOn = z.enum(['validation', 'test']).nullish();
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal');
/** A threshold for another sensitivity, chosen on the photos that the card's own is chosen on. */
export const offeredThreshold = z.object({
  targetSensitivity: share,
  threshold: share,
  /** Measured where the card's own is measured. */
  sensitivity: estimate,
  specificity: estimate,
});

const classSchema = z.object({ id, name: text, description: text, kind: z.enum(kinds) });

const metadataField = z.discriminatedUnion('kind', [
  z.object({
    id,
    name: text,
    kind: z.literal('bins'),
    offset: count,
    size,
    edges: z.array(z.number()).min(1),
  }),
  z.object({
    id,
    name: text,
    kind: z.literal('choice'),
    offset: count,
    size,
    choices: z.array(z.object({ id, name: text, values: z.array(z.string()) })).min(1),
  }),
]);

export const conformalSchema = z.object({
  /**
   * `class-conditional`: a quantile for each class. `marginal`: one quantile for all, whose promise holds
   * over all photos only.
   */
  method: z.enum(['class-conditional', 'marginal']),
  /** The share of photos whose set is meant to hold the true class. */
  coverage: share,
  /**
   * One for each class, in their order: a class is in the set where its probability is at least 1 - quantile.
   */
  classes: z.array(
    z.object({
      class: id,
      quantile: share,
      /** Validation photos of this class; null where the card does not say. */
      count: count.nullable(),
      /** Classes that were fitted together with this one, because it has too few photos of its own. */
      pooledWith: z.array(id),
    }),
  ),
  /** Measured on the test side, before an empty set is filled. */
  test: z
    .object({
      coverage: estimate,
      meanSize: estimate,
      empty: estimate,
      single: estimate,
      perClass: z.array(z.object({ class: id, count, coverage: estimate })),
    })
    .optional(),
});

const shared = {
  schema: z.literal(3, 'must be 1, 2 or 3: this version of Lentigo reads no other'),
  id,
  version: z.string().min(1),
  system: z.string().min(1),
  domain: z.enum(['dermoscopy', 'phone', 'acne', 'histopathology']),
  title: text,
  summary: text,
  limits: z.array(limit),
  architecture: z.object({ name: z.string(), parameters: size }),
  classes: z.array(classSchema),
  merge: z
    .array(z.object({ id, name: text, classes: z.array(id).min(1) }))
    .min(1)
    .nullish(),
  metadata: z.object({ width: size, fields: z.array(metadataField).min(1) }).nullish(),
  calibration: z
    .object({
      temperature: z.number().positive(),
      /** Null where nobody measured it. */
      ece: share.nullable(),
      eceUncalibrated: share.nullable(),
      /** Temperature and sets, and the limits of `ood`. */
      fittedOn,
      conformal: conformalSchema,
    })
    .nullish(),
  decision: z
    .object({
      positive: z.array(id).min(1),
      /** What the threshold was set to reach on the validation side; null where the card does not say. */
      targetSensitivity: share.nullable(),
      fittedOn,
      threshold: share,
      sensitivity: share,
      specificity: share,
      intervals: estimates.optional(),
      /** Of the photos that are measured: a threshold that is read off it flatters. */
      curve: z.array(z.object({ threshold: share, sensitivity: share, specificity: share })),
      /** For the sensitivities that a user may ask for; left out where the card has the curve alone. */
      thresholds: z.array(offeredThreshold).optional(),
    })
    .nullish(),
  ood: z
    .object({
      /** Over it a photo is called unusual: `acceptance` of the validation side do not exceed it. */
      threshold: z.number(),
      acceptance: share,
      auroc: z.record(z.string(), share),
      /** The share of photos that nothing was fitted to which pass; left out where the card does not say. */
      testAcceptance: share.optional(),
      /** Over it there is no result; left out where that would refuse too many real images. */
      refusal: z.object({ threshold: z.number(), acceptance: share }).optional(),
      /** Of a panel: the member whose score it is. */
      member: id.optional(),
    })
    .nullish(),
  results,
  data: z.object({
    name: z.string(),
    licence: z.string(),
    citation: z.string(),
    split: z.string(),
    splitHash: z.string(),
    counts: z.record(z.string(), count),
  }),
  licence: z.string().min(1),
  /** Whether it, or that of the data, forbids commercial use; null where the card does not say. */
  nonCommercial: z.boolean().nullable(),
  recipe: z.object({
    name: z.string(),
    commit: z.string(),
    seed: z.number().int(),
    parents: z.array(z.string()),
  }),
  golden: z.object({
    formula: z.literal('integer-ramp'),
    /** One for each class; of a panel, after the members are joined. */
    logits: z.array(z.number()).min(1).optional(),
    /** Of a segmenter: its logits in three numbers. */
    lesion: z.object({ mean: z.number(), minimum: z.number(), maximum: z.number() }).optional(),
    tolerance: z.number().positive(),
  }),
};

/** A package that holds a network of its own. */
const network = z.object({
  ...shared,
  task: z.enum(['classification', 'segmentation', 'fusion']),
  input: z.object({
    name: z.string().min(1),
    height: size,
    width: size,
    channels: z.literal(3),
    fit: z.enum(['centre-square', 'letterbox']),
    mean: z.tuple([z.number(), z.number(), z.number()]),
    std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
  }),
  outputs: z.object({
    logits: z.string().optional(),
    cam: z.string().optional(),
    ood: z.string().optional(),
    embedding: z.string().optional(),
    attention_meta: z.string().optional(),
    attention_mask: z.string().optional(),
    tokens: z.string().optional(),
    mask_vector: z.string().optional(),
    lesion: z.string().optional(),
  }),
  /**
   * What the output `embedding` is: unit vectors of so many numbers, which keep this share of the features'
   * variance.
   */
  embedding: z.object({ dimensions: size, variance: share }).nullish(),
  files: z
    .array(
      z.object({
        path: z.string().regex(/^[\w.-]+$/, 'must be a plain file name'),
        bytes: size,
        sha256: hash,
      }),
    )
    .min(2),
});

/** A package without a network: other packages answer, and their answers are joined. */
const panel = z.object({
  ...shared,
  task: z.literal('panel'),
  files: z.array(z.never()).max(0, 'a panel has no files of its own'),
  panel: z.object({
    members: z
      .array(
        z.object({
          id,
          version: z.string().min(1),
          /** SHA-256 of the member's list of files, as `sha256sum` writes it (`packageHash`). */
          card: hash,
          weight: z.number().positive(),
          temperature: z.number().positive(),
        }),
      )
      .min(2),
    join: z.literal('mean-log-probabilities'),
  }),
});

/** Every field by itself; card.ts also checks that they belong together. */
export const cardFields = z.discriminatedUnion('task', [network, panel]);

export type Card = z.infer<typeof cardFields>;
export type NetworkCard = z.infer<typeof network>;
export type PanelCard = z.infer<typeof panel>;
type CardClass = z.infer<typeof classSchema>;
export type Kind = CardClass['kind'];
export type Conformal = z.infer<typeof conformalSchema>;
export type Text = z.infer<typeof text>;
export type Limit = z.infer<typeof limit>;
