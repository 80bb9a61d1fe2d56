import { z } from 'zod';
import { conformalSchema, offeredThreshold } from '../card/card-schema';
import { estimate, id } from '../card/card-values';
import { failure, type Result, success } from '../failure';

/**
 * A calibration of this site: temperature, mix of diagnoses, prediction sets and threshold of a package,
 * fitted on the user's own labelled photos. The package stays as it is; core/evaluation/site-fit.ts makes
 * one. docs/site-calibration.md says what the fields mean.
 */

const share = z.number().min(0).max(1);
const count = z.number().int().nonnegative();

const compared = z.object({
  /** By the package's own calibration. */
  own: estimate.nullable(),
  /** By this one, on the same photos. */
  site: estimate.nullable(),
  /** `site` less `own`, paired. */
  difference: estimate.nullable(),
});

export const siteCalibrationSchema = z.object({
  format: z.literal('lentigo-site-calibration'),
  schema: z.literal(1),
  packageId: id,
  packageVersion: z.string().min(1),
  packageHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** What the user calls it, for example the clinic and its dermatoscope. */
  name: z.string().trim().min(1).max(80),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  /** Photos that it was fitted on, and lesions or patients among them. */
  fitted: z.object({ count, groups: count }),
  temperature: z.number().positive(),
  /**
   * Added to logits / temperature, for each class in its order: how much more or less frequent it is here
   * than where the package learned.
   */
  offsets: z.array(z.object({ class: id, offset: z.number() })).min(2),
  conformal: conformalSchema,
  /** Null where the package has no threshold. */
  decision: z
    .object({
      targetSensitivity: share,
      threshold: share,
      sensitivity: share,
      specificity: share,
      curve: z.array(z.object({ threshold: share, sensitivity: share, specificity: share })),
      /** Chosen on the half that the calibration is fitted on; older calibrations have none. */
      thresholds: z.array(offeredThreshold).optional(),
    })
    .nullable(),
  /** On the other half of the photos, which nothing was fitted on. */
  measured: z.object({ count, groups: count, figures: z.record(z.string(), compared) }),
});

export type SiteCalibration = z.infer<typeof siteCalibrationSchema>;

/**
 * Reads a file that `siteCalibrationText` wrote. Fails with "calibration-invalid", naming the first field
 * that is wrong.
 */
export function parseSiteCalibration(text: string): Result<SiteCalibration> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failure('calibration-invalid', { problem: 'not JSON' });
  }
  const parsed = siteCalibrationSchema.safeParse(json);
  if (parsed.success) return success(parsed.data);
  const [first] = parsed.error.issues;
  return failure('calibration-invalid', {
    problem: `${first?.path.join('.') || 'whole'}: ${first?.message}`,
  });
}
