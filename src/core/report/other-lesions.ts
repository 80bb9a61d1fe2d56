import { z } from 'zod';
import type { Analysis } from '../analysis';
import type { Card } from '../card/card';
import { verdictOf } from '../decision/verdict';
import { squareSchema } from './finding-schema';

/**
 * What the same package said of another lesion in the photo, beside the answer that is shown: without it, what
 * leaves could say "not flagged" of a photo with a flagged lesion. Numbers only, and nothing of the patient.
 */

const share = z.number().min(0).max(1);

export const otherLesionSchema = z.object({
  /** As on the photo, from 1 on, of this many. */
  number: z.number().int().positive(),
  of: z.number().int().positive(),
  /** Where the model looked, in pixels of the upright photo. */
  square: squareSchema,
  /** Unlike the photos that the model knows: then only a flag counts. */
  noResult: z.boolean(),
  /** Null where the package has no threshold. */
  flag: z.object({ flagged: z.boolean(), probability: share, threshold: share }).nullable(),
  /** Ids of the classes that can't be ruled out. */
  classes: z.array(z.string()),
  /** What is to be said of them: `verdict.list.<listed>` of the language files. */
  listed: z.enum(['one', 'some', 'all', 'unsure']),
});

export type OtherLesion = z.output<typeof otherLesionSchema>;

/** Those that are flagged. */
export const flaggedAmong = (others: readonly OtherLesion[]): OtherLesion[] =>
  others.filter(({ flag }) => flag?.flagged);

export const unaskedReasons = ['limit', 'not-asked', 'pending', 'failed'] as const;

/**
 * Lesions of the photo that were found and that the package has no answer for, by the reason: beyond the number
 * that is asked about by itself, not asked, no answer yet, or the analysis failed.
 */
export const unaskedLesionsSchema = z.object({
  reason: z.enum(unaskedReasons),
  /** As on the photo, from 1 on, of this many. */
  numbers: z.array(z.number().int().positive()).min(1),
  of: z.number().int().positive(),
  /** Of the reason "limit": how many were asked about by themselves. */
  limit: z.number().int().positive().nullable().default(null),
});

export type UnaskedLesions = z.output<typeof unaskedLesionsSchema>;

/** How many lesions have no answer, whatever the reason. */
export const countUnasked = (unasked: readonly UnaskedLesions[]): number =>
  unasked.reduce((sum, { numbers }) => sum + numbers.length, 0);

/** `analysis`: as it was decided on the screen. */
export function otherLesionOf(
  card: Card,
  { analysis, number, of }: { analysis: Analysis; number: number; of: number },
): OtherLesion {
  const { noResult, flag, list } = verdictOf(card, analysis);
  return {
    number,
    of,
    square: analysis.square,
    noResult: noResult !== null,
    flag: flag && { flagged: flag.flagged, probability: flag.probability, threshold: flag.threshold },
    classes: [...list.classes],
    listed: list.words,
  };
}
