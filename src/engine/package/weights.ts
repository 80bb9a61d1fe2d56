import { sizeOf, type Weight } from '../graph/graph';
import { invalidModel, type WeightSpec } from './format';
import type { Shards } from './shards';

/**
 * The weights of a TensorFlow.js graph model: the shards' bytes one after the other, a tensor a spec, in
 * their order. Stored float16 and uint8 (`value * scale + min`) become float32, as in tfjs-core's
 * `io.decodeWeights`, each when it is asked for. Throws `package-invalid` for a type it does not know or for
 * too few or too many bytes.
 */
export function decodeWeights(specs: readonly WeightSpec[], shards: Shards): Map<string, Weight> {
  const weights = new Map<string, Weight>();
  let at = 0;
  for (const spec of specs) {
    const stored = spec.quantization?.dtype ?? spec.dtype;
    const width = widths[stored];
    if (width === undefined) throw invalidModel(`${spec.name} is stored as ${stored}`);
    if (spec.quantization && spec.dtype !== 'float32')
      throw invalidModel(`${spec.name} is quantised ${spec.dtype}`);
    const length = sizeOf(spec.shape) * width;
    if (at + length > shards.length) throw invalidModel(`the weights end before ${spec.name}`);
    const start = at;
    weights.set(
      spec.name,
      decode(spec, at + length, () => shards.read(start, length)),
    );
    at += length;
  }
  if (at !== shards.length) throw invalidModel(`${shards.length - at} bytes of weights belong to no tensor`);
  return weights;
}

const widths: Record<string, number> = { float32: 4, int32: 4, float16: 2, uint8: 1 };

function decode(
  { shape, dtype, quantization }: WeightSpec,
  after: number,
  read: () => Uint8Array<ArrayBuffer>,
): Weight {
  if (!quantization) {
    const values = () => {
      const { buffer, byteOffset, byteLength } = read();
      // A copy, because a tensor need not begin at a multiple of its width.
      const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
      return dtype === 'int32' ? new Int32Array(bytes) : new Float32Array(bytes);
    };
    return { shape, dtype, after, values };
  }
  if (quantization.dtype === 'float16') return { shape, dtype, after, values: () => fromHalves(read()) };
  const { scale = 1, min = 0 } = quantization;
  const values = () => {
    const bytes = read();
    const floats = new Float32Array(bytes.length);
    // A plain loop: `Float32Array.from` takes thirty times as long.
    for (let i = 0; i < bytes.length; i++) floats[i] = (bytes[i] as number) * scale + min;
    return floats;
  };
  return { shape, dtype, after, values, bytes: { read, scale, min } };
}

/** float16, two bytes each, the lower one first. */
export function fromHalves(bytes: Uint8Array): Float32Array {
  const table = halves();
  const floats = new Float32Array(bytes.length / 2);
  for (let i = 0; i < floats.length; i++) {
    floats[i] = table[(bytes[2 * i] as number) | ((bytes[2 * i + 1] as number) << 8)] as number;
  }
  return floats;
}

let table: Float32Array | null = null;

/** All 65,536 values of a float16 (IEEE 754 binary16), by their bits. */
function halves(): Float32Array {
  if (table) return table;
  table = new Float32Array(65536);
  for (let bits = 0; bits < 65536; bits++) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) table[bits] = sign * fraction * 2 ** -24;
    else if (exponent === 31) table[bits] = fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    else table[bits] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return table;
}
