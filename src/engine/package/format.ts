import { z } from 'zod';
import { EngineError } from '../engine-error';
import { nodeSchema } from '../graph/node-schema';

/**
 * model.json, a TensorFlow.js graph model: what the loader reads and rewrites of it. All else is handed on as
 * it is. The whole format:
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-converter/src/data/compiled_api.ts
 */
const weightSpec = z.object({
  name: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  dtype: z.enum(['float32', 'int32']),
  quantization: z
    .object({
      dtype: z.enum(['uint8', 'float16']),
      scale: z.number().optional(),
      min: z.number().optional(),
    })
    .optional(),
});

const model = z.looseObject({
  format: z.literal('graph-model'),
  modelTopology: z.looseObject({ node: z.array(nodeSchema) }),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(weightSpec) })).length(1),
  signature: z.unknown(),
});

export type WeightSpec = z.infer<typeof weightSpec>;
export type ModelFile = z.infer<typeof model>;

/** Throws `package-invalid`, naming the file and what is wrong; which package, the caller adds (`forPackage`). */
export function parseModelFile(bytes: ArrayBuffer): ModelFile {
  const parsed = model.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw invalidModel(`${first?.path.join('.')}: ${first?.message}`);
}

export const invalidModel = (problem: string) =>
  new EngineError('package-invalid', { file: 'model.json', problem });

function parseJson(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw invalidModel('is not JSON');
  }
}
