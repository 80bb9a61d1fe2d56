import { z } from 'zod';
import { count, estimate, estimates, share, text } from './card-values';

/** What was measured of a package, as its card has it: docs/model-package.md. */

/** Of evidence maps on test photos. */
const mapChecks = z.object({
  count,
  insideLesion: estimate.optional(),
  /** The lesion's share of the photo, which a flat map would have. */
  lesionArea: estimate.optional(),
  randomised: estimate,
});

export const results = z.object({
  split: z.string(),
  /** Whose photos they are of: the makers' or those of whoever brought the model in; null: nobody measured it. */
  origin: z.enum(['published', 'own-photos']).nullable(),
  count,
  group: z.string(),
  /** How many lesions, patients or source photos. */
  groups: count.optional(),
  metrics: estimates,
  perClass: z
    .array(
      z.object({
        class: z.string(),
        support: count,
        precision: share.nullish(),
        recall: share.nullish(),
        f1: share.nullish(),
        auc: share.nullish(),
        averagePrecision: share.nullish(),
      }),
    )
    .default([]),
  confusion: z.object({ labels: z.array(z.string()), matrix: z.array(z.array(count)) }).nullish(),
  roc: z.record(z.string(), z.array(z.tuple([share, share]))).default({}),
  reliability: z
    .array(z.object({ low: share, high: share, confidence: share, accuracy: share, count }))
    .default([]),
  subgroups: z
    .array(z.object({ field: z.string(), value: z.string(), count, metrics: estimates }))
    .default([]),
  paper: z
    .object({
      protocol: text,
      metrics: z.record(z.string(), z.object({ paper: z.number(), ours: z.number() })),
    })
    .nullish(),
  /**
   * The evidence maps of test photos: their share inside the lesion's mask, and their correlation with those
   * of random weights. Without masks there is no share; of a fusion each of its two queries has a map.
   */
  explanations: z
    .union([mapChecks, z.object({ attention: z.partialRecord(z.enum(['metadata', 'mask']), mapChecks) })])
    .optional(),
  /** What a few numbers of colour alone reach. */
  baseline: z.object({ name: z.string(), metrics: estimates }).optional(),
});
