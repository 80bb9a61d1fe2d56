import { z } from 'zod';

const integer = z.union([z.number().int(), z.string().regex(/^-?\d{1,19}$/, 'is no whole number')]);
/** A name of TensorFlow's is short; what is no base64 cannot be decoded, and `atob` would throw. */
const encoded = z.string().max(2000).pipe(z.base64());

/**
 * The value of an attribute, in the JSON of TensorFlow's protocol buffers: whole numbers are text, text is
 * base64. What is read here is checked; the rest (types, tensors) is handed on as it is.
 */
export const attributeSchema = z.looseObject({
  s: encoded.optional(),
  i: integer.optional(),
  b: z.boolean().optional(),
  shape: z.looseObject({ dim: z.array(z.looseObject({ size: integer })).optional() }).optional(),
  list: z.looseObject({ s: z.array(encoded).optional(), i: z.array(integer).optional() }).optional(),
});

/** A node as model.json has it, of a package of ours or of somebody else's model. */
export const nodeSchema = z.looseObject({
  name: z.string().max(1000),
  op: z.string().max(200),
  input: z.array(z.string().max(1000)).optional(),
  attr: z.record(z.string(), attributeSchema).optional(),
});
