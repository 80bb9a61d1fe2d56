import { z } from 'zod';
import { joined } from '../../core/image/bytes';
import { sizeOf, type Weight } from '../graph/graph';
import { fromHalves } from '../package/weights';
import { ImportProblem } from './problem';

/**
 * model.json of TensorFlow.js, of graph and of layers models, and its weights. The format:
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts
 */

const spec = z.object({
  name: z.string().max(1000),
  shape: z.array(z.number().int().nonnegative()).max(8),
  dtype: z.string(),
  quantization: z
    .object({
      dtype: z.enum(['uint8', 'uint16', 'float16']),
      scale: z.number().optional(),
      min: z.number().optional(),
    })
    .optional(),
});

const file = z.looseObject({
  format: z.string().optional(),
  generatedBy: z.string().nullish(),
  convertedBy: z.string().nullish(),
  modelTopology: z.looseObject({}),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(spec) })),
  signature: z.unknown().optional(),
  userDefinedMetadata: z.unknown().optional(),
});

export type TfjsFile = z.infer<typeof file>;

/** The bytes of a file that lies beside model.json; null where it is not there. */
export type FileBytes = (name: string) => Uint8Array | null;

export function parseTfjsFile(json: unknown): TfjsFile {
  const parsed = file.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ImportProblem(`model.json ${issue?.path.join('.') ?? ''}`, issue?.message ?? 'is not in order');
}

/** As a map: a type that is called "constructor" must not find what every object has. */
const widths = new Map(Object.entries({ float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 }));
/** The largest tensor: 256 MB of numbers. */
const mostNumbers = 2 ** 26;

/** All weights of a model by their names; the shards of a group stand one behind the other. */
export function readWeights({ weightsManifest }: TfjsFile, bytesOf: FileBytes): Map<string, Weight> {
  const weights = new Map<string, Weight>();
  weightsManifest.forEach(({ paths, weights: specs }, group) => {
    const parts = paths.map((path, index) => {
      const name = path.split('/').at(-1) ?? '';
      const found = bytesOf(name);
      if (found) return found;
      throw new ImportProblem(
        `weightsManifest.${group}.paths.${index}`,
        `"${name.slice(0, 80)}" is not among the files`,
        'weights-missing',
        { file: name.slice(0, 80) },
      );
    });
    const bytes = joined(parts);
    let at = 0;
    specs.forEach(({ name, shape, dtype, quantization }, index) => {
      const path = `weightsManifest.${group}.weights.${index}`;
      const width = widths.get(quantization?.dtype ?? dtype);
      if (width === undefined)
        throw new ImportProblem(`${path}.dtype`, `is "${dtype.slice(0, 40)}"`, 'unsupported');
      if (sizeOf(shape) > mostNumbers)
        throw new ImportProblem(`${path}.shape`, `is [${shape}], too large`, 'too-large');
      const length = sizeOf(shape) * width;
      if (at + length > bytes.length)
        throw new ImportProblem(path, `the shards end before "${name.slice(0, 80)}"`);
      const own = bytes.slice(at, at + length);
      at += length;
      const whole = !quantization && (dtype === 'int32' || dtype === 'bool');
      const values = decoded(own, dtype, quantization);
      weights.set(name, { shape, dtype: whole ? 'int32' : 'float32', after: 0, values: () => values });
    });
    if (at !== bytes.length)
      throw new ImportProblem(`weightsManifest.${group}`, `has ${bytes.length - at} bytes too many`);
  });
  return weights;
}

function decoded(
  bytes: Uint8Array<ArrayBuffer>,
  dtype: string,
  quantization: z.infer<typeof spec>['quantization'],
): Float32Array | Int32Array {
  if (!quantization) {
    if (dtype === 'int32') return new Int32Array(bytes.buffer);
    return dtype === 'bool' ? Int32Array.from(bytes) : new Float32Array(bytes.buffer);
  }
  const { scale = 1, min = 0 } = quantization;
  if (quantization.dtype === 'float16') return fromHalves(bytes);
  const stored = quantization.dtype === 'uint8' ? bytes : new Uint16Array(bytes.buffer);
  const floats = new Float32Array(stored.length);
  // A plain loop: `Float32Array.from` takes thirty times as long.
  for (let at = 0; at < stored.length; at++) floats[at] = (stored[at] as number) * scale + min;
  return floats;
}
