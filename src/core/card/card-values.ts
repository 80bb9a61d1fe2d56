import { z } from 'zod';

/** The values that the parts of a card are made of. */

export const text = z.object({ en: z.string().min(1), ko: z.string().min(1) });
export const share = z.number().min(0).max(1);
export const count = z.number().int().nonnegative();
export const size = z.number().int().positive();
/** Also a folder's name, so nothing that could lead out of a folder. */
export const id = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be lower-case letters, digits, - and _');
export const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
export const estimates = z.record(z.string(), estimate);
