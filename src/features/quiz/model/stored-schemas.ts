import { z } from 'zod';
import { diagnoses } from '../../../core/teaching/case-list';

/** What the quiz keeps beside its sets (`Attempt`, `MachineAnswer`), as it is checked when it is read. */

const share = z.number().min(0).max(1);

export const attemptSchema = z.object({
  photo: z.string(),
  truth: z.enum(diagnoses),
  choice: z.enum([...diagnoses, 'benign', 'malignant']),
  at: z.string(),
});

export const machineAnswerSchema = z.object({
  photo: z.string(),
  asked: z.string(),
  packageId: z.string(),
  probabilities: z.array(z.object({ id: z.string(), probability: share })),
  first: z.string(),
  flagged: z.boolean().nullable(),
  sum: z.object({ probability: z.number(), threshold: z.number() }).optional(),
  listed: z
    .object({ classes: z.array(z.string()), words: z.enum(['one', 'some', 'all', 'unsure']) })
    .optional(),
  noResult: z.boolean(),
  opinions: z.array(z.object({ packageId: z.string(), first: z.string(), flagged: z.boolean().nullable() })),
});
